"""What the store promises, on every database."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import sqlalchemy as sa
from tests.storage.values import CONFIRMATION, HOUR, NOW, RESULT, SUGGESTION, TICKET, delivery, effect

from deskhand.domain.outcome import RunOutcome
from deskhand.domain.suggestion import SuggestionState
from deskhand.infrastructure.storage.store import SqlStore
from deskhand.infrastructure.storage.tables import metadata


def test_a_delivery_is_filed_once(store: SqlStore) -> None:
    with store.begin() as tx:
        assert tx.inbox.file(delivery("d1"))
    with store.begin() as tx:
        assert not tx.inbox.file(delivery("d1"))
        assert not tx.inbox.file(delivery("d1", message="m2"))


def test_a_message_is_filed_once_whatever_delivery_brings_it(store: SqlStore) -> None:
    with store.begin() as tx:
        assert tx.inbox.file(delivery("d1", message="m1"))
        assert not tx.inbox.file(delivery("d2", message="m1", source="poll"))
        assert tx.inbox.file(delivery("d2", message="m2", source="poll"))


def test_the_inbox_tells_when_a_message_came(store: SqlStore) -> None:
    with store.begin() as tx:
        tx.inbox.file(delivery())
        assert tx.inbox.received_at(TICKET, "m1") == NOW
        assert tx.inbox.received_at(TICKET, "m2") is None


def test_turns_of_a_ticket_count_from_one_without_a_gap_from_many_threads(store: SqlStore) -> None:
    def take(_: int) -> int:
        with store.begin() as tx:
            return tx.tickets.next_turn(TICKET, "email")

    with ThreadPoolExecutor(4) as pool:
        turns = list(pool.map(take, range(40)))
    assert sorted(turns) == list(range(1, 41))
    with store.begin() as tx:
        assert tx.tickets.turns(TICKET) == 40
        assert tx.tickets.turns("zendesk:ticket:8") == 0


def test_a_ticket_is_the_assistants_until_it_is_given_away(store: SqlStore) -> None:
    with store.begin() as tx:
        assert tx.tickets.owner(TICKET) == "assistant"
        tx.tickets.give_to(TICKET, "ada")
    with store.begin() as tx:
        tx.tickets.next_turn(TICKET, "email")
        assert tx.tickets.owner(TICKET) == "ada"


def test_the_owner_cannot_change_while_a_transaction_has_read_it(store: SqlStore) -> None:
    with ThreadPoolExecutor(1) as pool:
        with store.begin() as tx:
            assert tx.tickets.owner(TICKET) == "assistant"
            taking_over = pool.submit(give, store, "ada")
            tx.ledger.reserve(effect())
            assert tx.tickets.owner(TICKET) == "assistant"
            assert not taking_over.done()
        taking_over.result(10)
    with store.begin() as tx:
        assert tx.tickets.owner(TICKET) == "ada"


def give(store: SqlStore, owner: str) -> None:
    with store.begin() as tx:
        tx.tickets.give_to(TICKET, owner)


def test_a_suggestion_comes_back_as_it_was(store: SqlStore) -> None:
    with store.begin() as tx:
        tx.suggestions.add(SUGGESTION)
        tx.suggestions.add(replace(SUGGESTION, digest="another"))
    with store.begin() as tx:
        assert tx.suggestions.get("s1") == SUGGESTION
        assert tx.suggestions.get("s2") is None
        assert list(tx.suggestions.pending()) == list(tx.suggestions.pending(TICKET)) == [SUGGESTION]
        assert list(tx.suggestions.pending("zendesk:ticket:8")) == []


def test_only_the_first_decision_on_a_suggestion_stands(store: SqlStore) -> None:
    def decide(state: SuggestionState) -> bool:
        with store.begin() as tx:
            return tx.suggestions.settle("s1", state, state.value, NOW, f"text of {state}")

    with store.begin() as tx:
        tx.suggestions.add(SUGGESTION)
        assert tx.suggestions.settled_by("s1") is None
    choices = [SuggestionState.APPROVED, SuggestionState.REJECTED, SuggestionState.EDITED, SuggestionState.EXPIRED]
    with ThreadPoolExecutor(4) as pool:
        won = list(pool.map(decide, choices))
    first = choices[won.index(True)]
    assert won.count(True) == 1
    with store.begin() as tx:
        assert tx.suggestions.settled_by("s1") == (first.value, f"text of {first}")
        assert tx.suggestions.get("s1") == replace(SUGGESTION, state=first)
        assert list(tx.suggestions.pending()) == []


def test_a_suggestion_cannot_be_settled_as_pending(store: SqlStore) -> None:
    with store.begin() as tx, pytest.raises(ValueError, match="pending"):
        tx.suggestions.settle("s1", SuggestionState.PENDING, "ada", NOW)


def test_approvals_are_kept_in_order_and_once(store: SqlStore) -> None:
    with store.begin() as tx:
        tx.suggestions.add(SUGGESTION)
        for role, person in (("billing", "ada"), ("lead", "bob"), ("billing", "ada")):
            tx.suggestions.approve_as("s1", role, person, "d1", NOW)
        assert list(tx.suggestions.approvals("s1")) == [("billing", "ada", "d1"), ("lead", "bob", "d1")]


def test_the_first_time_a_suggestion_is_on_somebodys_screen_is_kept(store: SqlStore) -> None:
    with store.begin() as tx:
        tx.suggestions.add(SUGGESTION)
        assert tx.suggestions.shown_at(SUGGESTION.id, "ada") is None
        tx.suggestions.show(SUGGESTION.id, "ada", NOW)
        tx.suggestions.show(SUGGESTION.id, "ada", NOW + HOUR)
        assert tx.suggestions.shown_at(SUGGESTION.id, "ada") == NOW
        assert tx.suggestions.shown_at(SUGGESTION.id, "bob") is None


def test_a_yes_confirms_exactly_what_was_asked(store: SqlStore) -> None:
    with store.begin() as tx:
        tx.confirmations.ask(CONFIRMATION)
        assert list(tx.confirmations.open(TICKET, NOW)) == [CONFIRMATION]
        tx.confirmations.confirm(CONFIRMATION.key, "another digest", NOW)
        assert list(tx.confirmations.open(TICKET, NOW)) == [CONFIRMATION]
        tx.confirmations.confirm(CONFIRMATION.key, "d1", NOW)
        assert tx.confirmations.confirmed(CONFIRMATION.key, "d1", NOW)
        assert not tx.confirmations.confirmed(CONFIRMATION.key, "d1", NOW + HOUR), "a yes grows old"
        assert not tx.confirmations.confirmed(CONFIRMATION.key, "another digest", NOW)
        assert list(tx.confirmations.open(TICKET, NOW)) == []


def test_a_new_question_about_an_effect_takes_the_old_yes_away(store: SqlStore) -> None:
    with store.begin() as tx:
        tx.confirmations.ask(CONFIRMATION)
        tx.confirmations.confirm(CONFIRMATION.key, "d1", NOW)
        tx.confirmations.ask(replace(CONFIRMATION, digest="d2"))
        assert not tx.confirmations.confirmed(CONFIRMATION.key, "d1", NOW)
        assert not tx.confirmations.confirmed(CONFIRMATION.key, "d2", NOW)


def test_a_question_ends_by_itself_or_when_it_is_withdrawn(store: SqlStore) -> None:
    with store.begin() as tx:
        tx.confirmations.ask(CONFIRMATION)
        assert list(tx.confirmations.open(TICKET, NOW + HOUR)) == []
        tx.confirmations.withdraw(TICKET)
        assert list(tx.confirmations.open(TICKET, NOW)) == []
        tx.confirmations.confirm(CONFIRMATION.key, "d1", NOW)
        assert not tx.confirmations.confirmed(CONFIRMATION.key, "d1", NOW)


def test_the_newest_result_of_a_message_is_kept(store: SqlStore) -> None:
    handed_off = replace(RESULT, outcome=RunOutcome.HANDED_OFF)
    with store.begin() as tx:
        tx.results.put(TICKET, "m1", handed_off, customer="", at=NOW)
        tx.results.put(TICKET, "m1", RESULT, customer="", at=NOW)
    with store.begin() as tx:
        assert tx.results.get(TICKET, "m1") == RESULT
        assert tx.results.get(TICKET, "m2") is None


def test_a_rolled_back_transaction_leaves_nothing_behind(store: SqlStore, database: sa.Engine) -> None:
    before = rows(database)
    with pytest.raises(RuntimeError):
        write_everything_and_fail(store)
    assert rows(database) == before == {name: int(name == "library") for name in metadata.tables}


def rows(database: sa.Engine) -> dict[str, int | None]:
    """How many there are in each table; a migration puts one into `library`."""
    with database.connect() as connection:
        counted = {name: sa.select(sa.func.count()).select_from(table) for name, table in metadata.tables.items()}
        return {name: connection.scalar(query) for name, query in counted.items()}


def write_everything_and_fail(store: SqlStore) -> None:
    with store.begin() as tx:
        tx.inbox.file(delivery())
        tx.tickets.next_turn(TICKET, "email")
        tx.ledger.reserve(effect())
        tx.suggestions.add(SUGGESTION)
        tx.suggestions.approve_as("s1", "billing", "ada", "d1", NOW)
        tx.confirmations.ask(CONFIRMATION)
        tx.results.put(TICKET, "m1", RESULT, customer="", at=NOW)
        tx.journal.append("message.received", TICKET, {}, NOW)
        raise RuntimeError

"""Every closed ticket is in exactly one of five states at every moment, and moves only as published."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.measurement.histories import START, History, mixed

from deskhand.domain.journal_line import JournalLine
from deskhand.measurement.ledger_of_outcomes import Told, ledger, tickets
from deskhand.measurement.outcomes import Handler, TicketFacts, TicketOutcome, outcome

C, V, N, A, R = (
    TicketOutcome.CONFIRMED,
    TicketOutcome.VERIFIED,
    TicketOutcome.CONTAINED,
    TicketOutcome.ABANDONED,
    TicketOutcome.RECONTACTED,
)
WINDOW = timedelta(days=7)
MOVES = {(N, C), (A, C), (N, V), (C, R), (N, R), (A, R)}


def told(history: History, now: datetime | None = None) -> list[Told]:
    return list(tickets(ledger(history.lines, now), WINDOW))


def states(history: History, after: timedelta = timedelta()) -> list[TicketOutcome | None]:
    """Of each ticket, so long after the last line."""
    now = history.at + after
    return [outcome(one.facts, now, WINDOW) for one in told(history, now)]


# -- the rules, one by one --------------------------------------------------------------------------------


def test_an_open_ticket_has_no_outcome() -> None:
    assert states(History().wrote("a")) == [None]


def test_answered_and_quiet_is_contained_until_the_window_ends_and_verified_from_then_on() -> None:
    history = History().wrote("a").later(hours=72).closed("a")
    assert states(history) == [N]
    assert states(history, WINDOW - timedelta(microseconds=1)) == [N]
    assert states(history, WINDOW) == [V]


def test_who_cannot_be_recognised_stays_contained() -> None:
    assert states(History().wrote("a", verified=False).closed("a"), WINDOW) == [N]
    assert states(History().wrote("a", customer="").closed("a"), WINDOW) == [N]


def test_solved_confirms_only_after_an_answer_and_until_something_new_is_written() -> None:
    history = History().wrote("a").add("solved.said", "a", solved=True, how="button").closed("a", "customer")
    assert states(history) == states(history, WINDOW) == [C]
    early = History()
    message = early.received("a")
    early.add("solved.said", "a", solved=True, how="button").later(minutes=1).ended("a", message).closed("a")
    assert states(early) == [N]
    again = History().wrote("a").add("solved.said", "a", solved=True, how="button").later(minutes=5)
    assert states(again.wrote("a", "answered", procedures=[], citations=1).closed("a")) == [N]


def test_thanks_after_solved_take_nothing_back() -> None:
    history = History().wrote("a").add("solved.said", "a", solved=True, how="button").later(minutes=5)
    assert states(history.wrote("a", "asked", thanks=True, procedures=[]).closed("a")) == [C]


def test_solved_within_the_window_moves_an_answered_ticket_and_no_later_one() -> None:
    for outcome_, moved in (("resolved", C), ("asked", C)):
        history = History().wrote("a", outcome_).closed("a").later(days=6)
        assert states(history.add("solved.said", "a", solved=True, how="button")) == [moved]
    late = History().wrote("a").closed("a").later(days=7).add("solved.said", "a", solved=True, how="button")
    assert states(late) == [V]
    silent = History().wrote("a", "handed_off", handoff={}).closed("a").later(days=1)
    assert states(silent.add("solved.said", "a", solved=True, how="button")) == [A]


def test_not_solved_after_closing_is_a_return_and_before_it_is_owed() -> None:
    history = History().wrote("a").closed("a").later(days=2).add("solved.said", "a", solved=False, how="button")
    assert states(history) == [R]
    history = History().wrote("a").add("solved.said", "a", solved=False, how="button").closed("a")
    assert states(history) == [A]


def test_who_says_not_solved_and_then_solved_has_said_solved() -> None:
    history = History().wrote("a").add("solved.said", "a", solved=False, how="button").later(minutes=1)
    history.add("solved.said", "a", solved=True, how="button")
    assert states(history.closed("a", "customer")) == [C]


@pytest.mark.parametrize("first", [True, False], ids=["closed first", "solved first"])
def test_solved_confirms_the_same_just_before_closing_and_just_after_it(first: bool) -> None:
    history = History().wrote("a").later(minutes=5).wrote("a", "answered", procedures=[]).later(minutes=5)
    if first:
        history.closed("a").add("solved.said", "a", solved=True, how="button")
    else:
        history.add("solved.said", "a", solved=True, how="button").closed("a")
    assert states(history) == [C]


def test_what_an_agent_decides_later_on_an_earlier_message_is_no_return() -> None:
    history, own = History(), {"customer": "crm:customer:1"}
    history.wrote("a", **own)
    waiting = history.received("b")
    history.later(minutes=1).ended("b", waiting, "suggested", **own).later(hours=1).closed("a").later(hours=1)
    assert states(history.ended("b", waiting, "resolved", **own)) == [N, None]
    assert states(history.later(hours=1).wrote("b", **own)) == [R, None]


@pytest.mark.parametrize(
    "more",
    [
        {"outcome": "asked"},
        {"outcome": "answered", "procedures": []},
        {"outcome": "suggested"},
        {"outcome": "handed_off", "handoff": {}},
    ],
)
def test_what_is_owed_at_closing_abandons(more: dict[str, Any]) -> None:
    assert states(History().wrote("a", **more).closed("a")) == [A]


def test_who_never_got_a_response_is_abandoned_though_nothing_is_owed() -> None:
    history = History().wrote("a", "asked", thanks=True, procedures=[]).closed("a")
    assert [one.facts.owed for one in told(history)] == [False]
    assert states(history, WINDOW) == [A]


def test_an_agents_answer_pays_what_is_owed_and_a_greeting_does_not() -> None:
    for meaningful, state in ((True, N), (False, A)):
        history = History().wrote("a", "handed_off", handoff={}).later(hours=1)
        sent = history.at.isoformat()
        history.add("agent.answered", "a", message="9", sent_at=sent, meaningful=meaningful).later(hours=72)
        assert states(history.closed("a")) == [state]
        assert told(history)[0].stretch.handler is Handler.HUMAN


def test_an_agents_answer_that_was_sent_before_the_last_message_does_not_answer_it() -> None:
    history = History().wrote("a", "handed_off", handoff={})
    sent = history.at.isoformat()
    history.later(hours=1).wrote("a", "handed_off")
    assert states(history.add("agent.answered", "a", message="9", sent_at=sent, meaningful=True).closed("a")) == [A]


def test_a_ticket_that_agents_left_waiting_for_the_customer_is_abandoned() -> None:
    assert states(History().wrote("a").closed("a", "agent", waiting=True)) == [A]


@pytest.mark.parametrize(
    ("more", "state"),
    [
        ({}, R),
        ({"procedures": ["address"], "unknown": False}, V),
        ({"procedures": ["address"], "unknown": True}, R),
        ({"procedures": [], "outcome": "answered", "citations": 1}, R),
        ({"thanks": True, "procedures": [], "outcome": "asked"}, V),
    ],
    ids=["the same", "clearly another subject", "partly unknown", "unknown", "thanks"],
)
def test_a_return_counts_unless_it_is_thanks_or_clearly_another_subject(more: dict[str, Any], state: object) -> None:
    for ticket in ("a", "b"):
        history = History().wrote("a", customer="crm:customer:1").closed("a").later(days=3)
        history.wrote(ticket, **({"customer": "crm:customer:1"} | more))
        assert states(history, WINDOW)[0] == state


def test_the_same_object_is_the_same_issue_whatever_the_procedure() -> None:
    history = History()
    for ticket, procedure in (("a", "refund"), ("b", "invoice")):
        message = history.received(ticket)
        proposals = [{"action": "refund", "key": f"{procedure}/{ticket}/ch_1"}]
        history.add("message.considered", ticket, message=message, proposals=proposals)
        history.ended(ticket, message, customer="crm:customer:1", procedures=[procedure])
        history.closed(ticket).later(days=1)
    assert states(history) == [R, N]


def test_a_return_when_the_window_is_over_changes_nothing_and_opens_a_ticket_that_follows() -> None:
    history = History().wrote("a").closed("a").later(days=7).wrote("a")
    first, second = told(history)
    assert states(history) == [V, None]
    assert (first.stretch.number, second.stretch.number) == (1, 2)
    assert first.wrote_at is None


def test_thanks_on_a_closed_ticket_open_none() -> None:
    history = History().wrote("a").closed("a").later(hours=1).wrote("a", "asked", thanks=True, procedures=[])
    assert len(told(history)) == 1
    assert told(history)[0].wrote_at is not None


def test_a_message_whose_run_failed_counts_against_us() -> None:
    history = History().wrote("a").closed("a").later(hours=1)
    message = history.received("a")
    history.add("run.failed", "a", run=f"message/a/{message}", why="", to="queue:support")
    assert states(history) == [R, None]


@pytest.mark.parametrize(
    ("kind", "body", "handler"),
    [
        ("", {}, Handler.ASSISTANT),
        ("suggestion.settled", {"state": "approved"}, Handler.ASSISTED),
        ("suggestion.settled", {"state": "expired"}, Handler.ASSISTANT),
        ("ticket.given", {"to": "ana", "by": "ana"}, Handler.HUMAN),
        ("ticket.given", {"to": "assistant", "by": "ana"}, Handler.ASSISTANT),
        ("ticket.routed", {}, Handler.HUMAN),
        ("agent.answered", {"message": "9", "sent_at": START.isoformat(), "meaningful": False}, Handler.HUMAN),
    ],
)
def test_the_handler_is_decided_at_closing(kind: str, body: dict[str, Any], handler: Handler) -> None:
    history = History().wrote("a")
    if kind:
        history.add(kind, "a", **body)
    history.closed("a").add("ticket.given", "a", to="ana", by="ana")
    assert told(history)[0].stretch.handler is handler


def test_what_only_got_a_suggestion_was_routed_to_people_from_the_start() -> None:
    assert told(History().wrote("a", "suggested").closed("a"))[0].stretch.handler is Handler.HUMAN


def test_what_is_no_ticket_is_left_out_with_its_reason() -> None:
    history = History().wrote("a", channel="ask").wrote("b", automatic=True)
    history.wrote("c").add("ticket.merged", "c", into="d").wrote("d")
    history.wrote("e").add("conversation.moved", "e", message="m", to="d")
    message = history.received("f")
    history.add("tickets.linked", "f", message=message, of="f", to="d", people=False, told=False)
    history.ended("f", message, "answered", procedures=[])
    found = {one.ticket: one.no_ticket for one in ledger(history.lines).every()}
    reasons = {"a": "test", "b": "automatic", "c": "merged", "d": "", "e": "moved", "f": "answered elsewhere"}
    assert found == reasons
    assert [one.stretch.ticket for one in told(history)] == ["d"]


# -- whatever happens -------------------------------------------------------------------------------------

moments = st.none() | st.integers(-3, 12).map(lambda days: START + timedelta(days=days))
facts = st.builds(TicketFacts, moments, st.booleans(), st.booleans(), st.booleans(), moments, moments)


@given(facts, st.integers(-4, 14))
def test_every_closed_ticket_is_in_exactly_one_state(one: TicketFacts, days: int) -> None:
    found = outcome(one, START + timedelta(days=days), WINDOW)
    assert (found is None) == (one.closed_at is None)


ACTS = (
    *("resolved", "asked", "answered", "handed_off", "suggested", "thanks", "other", "elsewhere"),
    *("solved", "not solved", "agent", "given", "back", "close", "late end", "failed"),
)


def act(history: History, name: str, ticket: str, customer: str, running: list[tuple[str, str]]) -> None:
    match name:
        case "resolved" | "answered" | "asked" | "suggested":
            running.append((ticket, history.received(ticket)))
            history.ended(*running.pop(), name, customer=customer)
        case "handed_off":
            history.wrote(ticket, name, customer=customer, handoff={})
        case "thanks":
            history.wrote(ticket, "asked", customer=customer, thanks=True, procedures=[])
        case "other":
            history.wrote(ticket, customer=customer, procedures=["address"])
        case "elsewhere":
            history.wrote(f"{ticket}-too", customer=customer)
        case "solved" | "not solved":
            history.add("solved.said", ticket, solved=name == "solved", how="button")
        case "agent":
            history.add("agent.answered", ticket, message="9", sent_at=history.at.isoformat(), meaningful=True)
        case "given" | "back":
            history.add("ticket.given", ticket, to="ana" if name == "given" else "assistant", by="ana")
        case "close":
            history.closed(ticket)
        case "late end":
            if running:
                history.ended(*running.pop(0), customer=customer)
            else:
                running.append((ticket, history.received(ticket)))
        case "failed":
            message = history.received(ticket)
            history.add("run.failed", ticket, run=f"message/{ticket}/{message}", why="", to="queue:support")


@given(st.lists(st.tuples(st.sampled_from(ACTS), st.sampled_from("ab"), st.integers(0, 100)), max_size=25))
@settings(max_examples=400, deadline=None)
def test_only_the_published_moves_occur_and_nothing_moves_after_the_window(
    acts: list[tuple[str, str, int]],
) -> None:
    history, running = History(), list[tuple[str, str]]()
    for name, ticket, hours in acts:
        history.later(hours=hours)
        act(history, name, ticket, "crm:customer:1", running)
    times = sorted({line.at for line in history.lines})
    times += [at + WINDOW for at in times] + [at + WINDOW - timedelta(microseconds=1) for at in times]
    before: dict[tuple[str, int], TicketOutcome] = {}
    closed: dict[tuple[str, int], datetime] = {}
    for now in sorted(times):
        current = {(one.stretch.ticket, one.stretch.number): one.facts for one in told(history, now)}
        assert before.keys() <= current.keys(), "a closed ticket is never forgotten"
        for place, one in current.items():
            state = outcome(one, now, WINDOW)
            if place in before and state != before[place]:
                assert state is not None
                assert (before[place], state) in MOVES
                assert now <= closed[place] + WINDOW, "what is over is over"
                assert now < closed[place] + WINDOW or state is V
            if state is not None and one.closed_at is not None:
                assert closed.setdefault(place, one.closed_at) == one.closed_at
                before[place] = state


def test_the_order_in_which_tickets_are_written_down_does_not_matter(many: list[JournalLine]) -> None:
    def found(lines: list[JournalLine]) -> dict[tuple[str, int], object]:
        return {(one.stretch.ticket, one.stretch.number): (one.facts, one.wrote_at) for one in all_of(lines)}

    def all_of(lines: list[JournalLine]) -> list[Told]:
        return list(tickets(ledger(lines), WINDOW))

    assert found(many) == found(mixed(many, Random(1))) == found(mixed(many, Random(2)))


@pytest.fixture(scope="module")
def many() -> list[JournalLine]:
    history, random, running = History(), Random(7), list[tuple[str, str]]()
    for _ in range(3_000):
        history.later(minutes=random.randrange(300))
        number = random.randrange(400)
        act(history, random.choice(ACTS), f"t{number}", f"crm:customer:{number % 150}", running)
    return history.lines

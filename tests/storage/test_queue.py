"""The queues of the workspace: which tickets are in which, in what order, and what a search finds."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest
import sqlalchemy as sa
from tests.storage.values import HOUR, NOW, RESULT, SUGGESTION

from deskhand.domain.queue import Filters, QueueRow, View
from deskhand.domain.waiting import Waiting
from deskhand.infrastructure.storage import queue
from deskhand.infrastructure.storage.store import SqlStore

ANYTHING = Filters()
OWNERS, HANDED, WAITS = ("assistant", "ana", "queue:support"), ("", "ana", "mei", "nobody"), (False, True)


def fill(store: SqlStore) -> list[str]:
    """A ticket in each state that a queue asks about."""
    tickets = []
    for place, (owner, handed, waits) in enumerate(product(OWNERS, HANDED, WAITS)):
        name = f"t:t:{place}"
        tickets.append(name)
        with store.begin() as tx:
            tx.tickets.next_turn(name, "chat" if place % 2 else "email")
            tx.tickets.describe(name, f"Person {place}", f"about 50%_off {place}", "de" if place % 3 else "en")
            tx.journal.append("message.received", name, {}, NOW + place * HOUR)
            tx.tickets.give_to(name, owner)
            if handed:
                person, due = ("" if handed == "nobody" else handed), (NOW - place * HOUR if place % 2 else None)
                tx.awaiting.add(Waiting(name, "m", "support", person, NOW + place * HOUR, due))
            if waits:
                heard = replace(SUGGESTION.heard, ticket=name)
                made = replace(SUGGESTION, id=f"s{place}", heard=heard, created_at=NOW - place * HOUR)
                tx.suggestions.add(made)
            if not place % 5:
                tx.tickets.close(name, NOW)
    return tickets


def found(database: sa.Engine, view: View, person: str = "ana", filters: Filters = ANYTHING) -> list[QueueRow]:
    with database.connect() as connection:
        return queue.queue(connection, view, person, filters, limit=100)


def test_a_ticket_says_of_itself_which_queues_it_is_in(store: SqlStore, database: sa.Engine) -> None:
    tickets = fill(store)
    members = {
        (view, person): {one.ticket for one in found(database, view, person)}
        for view in View
        for person in ("ana", "mei")
    }
    with database.connect() as connection:
        rows = [queue.row(connection, one) for one in tickets]
    for row in rows:
        assert row is not None
        for view, person in members:
            listed = row.ticket in members[view, person]
            assert listed == (view in row.views() and (view is not View.MINE or person in row.theirs())), (row, view)
    assert all(members.values()), "each queue holds something"


def test_what_is_due_first_comes_first_and_what_waits_longest_before_the_others(
    store: SqlStore, database: sa.Engine
) -> None:
    fill(store)
    people = found(database, View.PEOPLE)
    dues = [one.due for one in people]
    assert [one for one in dues if one] == sorted(one for one in dues if one)
    assert None not in dues[: dues.index(None)]
    assert all(one is None for one in dues[dues.index(None) :])
    waits = [one.waits_since for one in found(database, View.DECIDE)]
    assert waits == sorted(one for one in waits if one)
    changed = [one.changed_at for one in found(database, View.ALL) if one.changed_at]
    assert changed == sorted(changed, reverse=True)


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        (Filters("person 7"), 1),
        (Filters("T:T:1"), 11),
        (Filters("50%_off"), 24),
        (Filters("50__off"), 0),
        (Filters("nothing like it"), 0),
        (Filters(channel="email"), 12),
        (Filters(language="en"), 8),
        (Filters("person", channel="chat", language="de"), 8),
    ],
)
def test_a_search_takes_words_as_they_are(store: SqlStore, database: sa.Engine, filters: Filters, count: int) -> None:
    fill(store)
    assert len(found(database, View.ALL, filters=filters)) == count


def test_pages_follow_each_other_and_nothing_is_shown_twice(store: SqlStore, database: sa.Engine) -> None:
    tickets = fill(store)
    with database.connect() as connection:
        pages = [queue.queue(connection, View.ALL, "ana", ANYTHING, limit=7, offset=7 * page) for page in range(5)]
    assert [len(page) for page in pages] == [7, 7, 7, 3, 0]
    assert sorted(one.ticket for page in pages for one in page) == sorted(tickets)


def test_how_many_wait_is_told_by_queue_and_person(store: SqlStore, database: sa.Engine) -> None:
    fill(store)
    with database.connect() as connection:
        told = queue.waiting(connection, "mei")
        counts, mine = queue.waiting_by_person(connection)
    assert {View.MINE: mine["mei"], **counts} == told
    assert mine["ana"] == len(found(database, View.MINE, "ana"))
    assert told == {view: len(found(database, view, "mei")) for view in (View.DECIDE, View.MINE, View.PEOPLE)}


def test_what_is_closed_is_in_nobodys_queue_until_the_customer_writes_again(
    store: SqlStore, database: sa.Engine
) -> None:
    with store.begin() as tx:
        tx.tickets.next_turn("t:t:1", "chat")
        tx.tickets.give_to("t:t:1", "ana")
        tx.tickets.close("t:t:1", NOW)
    assert found(database, View.MINE) == []
    with store.begin() as tx:
        tx.tickets.next_turn("t:t:1", "chat")
    assert [one.ticket for one in found(database, View.MINE)] == ["t:t:1"]


def test_whoever_looks_hears_of_those_who_looked_lately(store: SqlStore, database: sa.Engine) -> None:
    lately = timedelta(seconds=45)
    with store.begin() as tx:
        tx.tickets.next_turn("t:t:1", "chat")
        tx.results.put("t:t:1", "m", RESULT, customer="", at=NOW)

    def look(person: str, seconds: int) -> list[str]:
        now = NOW + timedelta(seconds=seconds)
        with database.begin() as connection:
            return queue.look(connection, "t:t:1", person, now, now - lately)

    assert look("ana", 0) == []
    assert look("mei", 40) == ["ana"]
    assert look("ana", 60) == ["mei"]
    assert look("tom", 90) == ["ana"]

"""What is remembered of each message: how the conversation stood, and a customer's former tickets."""

from dataclasses import replace
from datetime import timedelta

import sqlalchemy as sa
from tests.storage.values import HEARD, NOW, RESULT, TICKET

from deskhand.domain.outcome import RunOutcome
from deskhand.domain.standing import Standing
from deskhand.infrastructure.storage.store import SqlStore

DAY = timedelta(days=1)
ADA, BOB = "stripe:customer:ada", "stripe:customer:bob"
STANDING = Standing(RunOutcome.ASKED, "en", "order", HEARD.understanding.requests)


def put(store: SqlStore, ticket: str, message: str, customer: str = ADA, days: int = 0, verified: bool = True) -> None:
    with store.begin() as tx:
        result = replace(RESULT, reply=message)
        at = NOW - days * DAY
        tx.results.put(ticket, message, result, customer=customer, at=at, verified=verified, standing=STANDING)


def former(store: SqlStore, customer: str = ADA, tickets: int = 5) -> list[tuple[str, str]]:
    with store.begin() as tx:
        rows = tx.results.former(customer, but=TICKET, since=NOW - 180 * DAY, tickets=tickets)
    return [(ticket, result.reply) for ticket, _, result, _ in rows]


def test_standings_come_newest_first_and_only_where_there_are_some(store: SqlStore) -> None:
    with store.begin() as tx:
        for message, standing in (("m1", STANDING), ("m2", None), ("m3", replace(STANDING, asks="which one"))):
            tx.results.put(TICKET, message, RESULT, customer="", at=NOW, standing=standing)
        tx.results.put("another", "m4", RESULT, customer="", at=NOW, standing=STANDING)
    with store.begin() as tx:
        assert tx.results.standings(TICKET, 5) == [("m3", replace(STANDING, asks="which one")), ("m1", STANDING)]
        assert [message for message, _ in tx.results.standings(TICKET, 1)] == ["m3"]


def test_former_tickets_are_the_customers_own_others_newest_first(store: SqlStore) -> None:
    put(store, "t1", "m1")
    put(store, "t2", "m2")
    put(store, "t1", "m3")
    put(store, TICKET, "m4")
    put(store, "t3", "m5", customer=BOB)

    assert former(store) == [("t1", "m3"), ("t2", "m2"), ("t1", "m1")]
    assert former(store, BOB) == [("t3", "m5")]
    assert former(store, "stripe:customer:eve") == []


def test_what_somebody_wrote_under_an_unproven_address_is_not_the_customers(store: SqlStore) -> None:
    put(store, "t1", "m1", verified=False)
    put(store, "t2", "m2", customer="")

    assert former(store) == former(store, "") == []


def test_only_the_last_tickets_of_half_a_year_are_told(store: SqlStore) -> None:
    put(store, "old", "m0", days=181)
    for number in range(7):
        put(store, f"t{number}", "m", days=7 - number)

    assert [ticket for ticket, _ in former(store, tickets=3)] == ["t6", "t5", "t4"]
    assert len(former(store, tickets=20)) == 7


def test_a_decision_that_names_no_customer_leaves_the_result_theirs(store: SqlStore) -> None:
    put(store, "t1", "m1")
    with store.begin() as tx:
        tx.results.put("t1", "m1", replace(RESULT, reply="approved"), customer="", at=NOW, standing=STANDING)

    assert former(store) == [("t1", "approved")]


def test_former_tickets_are_found_by_an_index(store: SqlStore) -> None:
    if store.engine.dialect.name != "sqlite":
        return
    asked = "explain query plan select ticket from result where customer = 'c' and verified order by number desc"
    with store.engine.connect() as connection:
        plan = [row.detail for row in connection.execute(sa.text(asked))]

    assert all("result_customer" in step for step in plan)

"""Former tickets are told only of a customer we are sure of, in few words, and as they were masked."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.storage.values import HEARD, NOW, RECEIPT, RESULT

from deskhand.context.former import LONGEST, MOST, former_tickets
from deskhand.domain.customer import Ambiguous, Customer, Identity, Matched, Strength, Unknown
from deskhand.domain.dossier import Dossier
from deskhand.domain.outcome import RunOutcome, RunResult, ToldRequest
from deskhand.domain.ref import Ref
from deskhand.domain.standing import Standing

ADA = Customer(Ref("stripe", "customer", "ada"), "Ada", "ada@example.com", "standard", False, NOW)
Row = tuple[str, datetime, RunResult, Standing]


@dataclass
class Remembered:
    """A store that holds former tickets and nothing else, and keeps what it was asked."""

    rows: Sequence[Row]
    asked: list[tuple[str, str, datetime, int]]

    @property
    def results(self) -> "Remembered":
        return self

    def former(self, customer: str, *, but: str, since: datetime, tickets: int) -> Sequence[Row]:
        self.asked.append((customer, but, since, tickets))
        return self.rows

    @contextmanager
    def look(self) -> Iterator[Any]:
        yield self


def row(ticket: str, *quotes: str, outcome: RunOutcome = RunOutcome.ANSWERED, told: str = "unmasked") -> Row:
    requests = tuple(replace(HEARD.understanding.requests[0], quote=quote) for quote in quotes)
    result = replace(RESULT, outcome=outcome, actions=(), requests=(ToldRequest(told, None),))
    return ticket, NOW, result, Standing(outcome, "en", "", requests)


def known(strength: Strength = Strength.ATTESTED) -> Dossier:
    return Dossier(Matched(ADA, strength, "email"), (), ())


@pytest.mark.parametrize(
    "identity", [Unknown(), Ambiguous((ADA.ref,), "email"), Matched(ADA, Strength.CLAIMED, "email")]
)
def test_nobody_is_asked_about_who_is_not_proven(identity: Identity) -> None:
    store = Remembered([row("t1", "charged twice")], [])

    assert former_tickets(store, Dossier(identity, (), ()), but="t9", now=NOW) == ()  # type: ignore[arg-type]
    assert store.asked == []


def test_the_store_is_asked_for_this_customers_other_tickets_of_half_a_year() -> None:
    store = Remembered([], [])

    former_tickets(store, known(), but="t9", now=NOW)  # type: ignore[arg-type]

    assert store.asked == [("stripe:customer:ada", "t9", NOW - timedelta(days=180), MOST)]


def test_a_ticket_is_told_once_in_the_order_of_its_messages_with_how_it_ended() -> None:
    done = replace(row("t1", "yes", outcome=RunOutcome.RESOLVED)[2], actions=RESULT.actions)
    rows = [("t1", NOW, done, row("t1", "yes")[3]), row("t2", "my invoice"), row("t1", "charged twice")]

    first, second = former_tickets(Remembered(rows, []), known(), but="t9", now=NOW)  # type: ignore[arg-type]

    assert (first.ticket, first.asked, first.outcome) == ("t1", ("charged twice", "yes"), "resolved")
    assert first.done == (f"refund charge on {RECEIPT.at:%Y-%m-%d}, reference re_1 (amount 29.00 USD)",)
    assert (second.ticket, second.asked, second.done) == ("t2", ("my invoice",), ())


def test_the_words_are_those_that_were_masked_and_short() -> None:
    rows = [row("t1", "write to [email 1] " + "please " * 100, told="write to ada@example.com")]

    (told,) = former_tickets(Remembered(rows, []), known(), but="t9", now=NOW)  # type: ignore[arg-type]

    assert told.asked[0].startswith("write to [email 1]")
    assert len(told.asked[0]) <= LONGEST
    assert "@" not in repr(told)

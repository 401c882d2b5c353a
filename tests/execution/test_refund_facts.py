"""What a refund is judged by: disputes and credit notes as they are now, and the careful side where they disagree."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import stamina
from tests.execution.company import Company, company
from tests.policy.world import load

from deskhand.domain.errors import Refused
from deskhand.domain.money import Money
from deskhand.entrypoints.hostile.world import Clock
from deskhand.execution.catalogue.all_actions import ACTIONS
from deskhand.execution.results import Done, Stopped
from deskhand.infrastructure.storage.store import SqlStore

RULES = """
rules:
  - {id: disputed, on: refund_charge, effect: deny, require: ["!charge.disputed"], say: It is disputed.}
  - id: credited
    on: refund_charge
    effect: deny
    require: [refund.amount <= charge.amount - charge.refunded - charge.credited]
    say: It was credited.
  - {id: refunds, on: refund_charge, effect: allow}
"""


@pytest.fixture(autouse=True)
def impatient() -> Iterator[None]:
    with stamina.set_testing(True, attempts=4):
        yield


@pytest.fixture
def lumen(store: SqlStore, clock: Clock) -> Iterator[Company]:
    with company(store, clock, load({"rules.yaml": RULES})) as made:
        yield made


def charge(lumen: Company) -> str:
    long_ago = lumen.clock() - timedelta(days=365)
    return lumen.reads.billing.charges(lumen.customer().ref, long_ago).value[0].ref.id


def facts(lumen: Company) -> dict[str, Any]:
    kind, args = ACTIONS["refund_charge"], {"charge": charge(lumen), "amount": "1.00 USD"}
    return dict(kind.facts(args, kind.look(args, lumen.reads)))


def refund(lumen: Company, amount: Money) -> object:
    return lumen.commit("refund_charge", charge=charge(lumen), amount=str(amount))


@pytest.mark.parametrize(
    ("status", "marked", "expected"),
    [
        ("needs_response", True, True),
        ("needs_response", False, True),
        ("warning_needs_response", False, True),
        ("lost", False, True),
        ("a word of next year", False, True),
        ("won", True, True),
        ("won", False, False),
        ("warning_closed", False, False),
    ],
)
def test_a_charge_is_disputed_when_it_or_one_of_its_disputes_says_so(
    lumen: Company, status: str, marked: bool, expected: bool
) -> None:
    lumen.money.dispute(charge(lumen), status, marked=marked)

    assert facts(lumen)["charge.disputed"] is expected
    assert isinstance(refund(lumen, Money(100, "USD")), Stopped if expected else Done)


def test_what_a_credit_note_gave_is_not_given_again(lumen: Company) -> None:
    whole = facts(lumen)["charge.amount"]
    lumen.money.write_credit_note(f"in_{charge(lumen)[3:]}", 500)

    assert facts(lumen)["charge.credited"] == Money(500, whole.currency)
    assert isinstance(refund(lumen, whole), Stopped)
    assert isinstance(refund(lumen, Money(whole.minor - 500, whole.currency)), Done)


def test_what_was_credited_unknowably_allows_nothing(lumen: Company) -> None:
    row = lumen.money.store.row("charge", charge(lumen))
    assert row is not None
    lumen.money.write_credit_note(f"in_{charge(lumen)[3:]}", 1)
    lumen.money.store.put([(*row[:5], row[5] | {"payment_intent": None})])

    assert "charge.credited" not in facts(lumen)
    assert isinstance(refund(lumen, Money(100, "USD")), Stopped)


@pytest.mark.parametrize("reads_before", [2, 3, 4])
def test_a_key_that_may_not_read_them_refunds_nothing(lumen: Company, reads_before: int) -> None:
    """Disputes, the charge once more, and credit notes are what is read after the charge and those around it."""
    id, before = charge(lumen), lumen.money.store.count("refund")
    lumen.bad_line.extend([""] * reads_before + ["401"] * 8)
    with pytest.raises(Refused):
        lumen.commit("refund_charge", charge=id, amount="1.00 USD")

    lumen.bad_line.clear()
    assert lumen.money.store.count("refund") == before
    assert lumen.effects() == []

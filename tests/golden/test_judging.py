"""What became of a ticket is held against all that was wanted, and every difference is told."""

from dataclasses import replace

import pytest
from tests.golden.texts import TWICE, golden

from deskhand.domain.money import Money
from deskhand.golden.happened import Deed, Happened
from deskhand.golden.judging import differences
from deskhand.golden.ticket import Golden

PAID = Money(2900, "USD")
LOOKED = {"duplicates.first.amount": PAID}
WANTED = golden(TWICE.replace("  handoff: {queue: billing, holds: charged twice}\n", ""))
REFUND = Deed("refund_charge", {"charge": "ch_1", "amount": "29.00 USD"}, "allow", "refunds", True, {"id": "re_1"})
RIGHT = Happened(
    outcomes=("asked", "resolved"),
    replies=("Which one?", "I gave back $29.00, reference re_1."),
    procedures=("duplicate-charge",),
    deeds=(REFUND,),
    cited=("charged-twice", "refund-times"),
    language="en",
    stage="autonomous",
)


def test_what_was_wanted_passes() -> None:
    assert differences(WANTED, RIGHT, LOOKED) == ()


@pytest.mark.parametrize(
    ("happened", "told"),
    [
        (replace(RIGHT, outcomes=("resolved", "asked")), "outcome: expected resolved, got asked"),
        (replace(RIGHT, procedures=()), "procedures: expected duplicate-charge, got nothing"),
        (replace(RIGHT, deeds=()), "action: expected refund_charge, amount $29.00, allow, done, got not proposed"),
        (replace(RIGHT, cited=()), "citation: expected charged-twice, got nothing"),
        (replace(RIGHT, replies=("re_1",)), "reply: expected '$29.00' in it, got 're_1'"),
        (replace(RIGHT, replies=("$29.00 RE_1. Sorry!",)), "reply: expected never 'sorry', got '$29.00 RE_1. Sorry!'"),
        (replace(RIGHT, blank=("next_step",)), "packet: expected next_step filled, got blank"),
        (Happened(failed="the run failed"), "run: expected an end, got the run failed"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_difference_is_told_in_plain_words(happened: Happened, told: str) -> None:
    assert told in map(str, differences(WANTED, happened, LOOKED))


@pytest.mark.parametrize("change", [{"amount": "29.01 USD"}, {"amount": "2.90 USD"}, {"amount": "29.00 EUR"}])
def test_another_amount_is_another_action(change: dict[str, str]) -> None:
    other = replace(REFUND, arguments={**REFUND.arguments, **change})

    assert differences(WANTED, replace(RIGHT, deeds=(other,)), LOOKED)


def test_a_deed_that_nobody_asked_for_is_wrong_even_when_all_else_is_right() -> None:
    more = Deed("cancel_subscription", {}, "allow", "cancellations", True)

    (found,) = differences(WANTED, replace(RIGHT, deeds=(REFUND, more)), LOOKED)

    assert str(found) == (
        "deed: expected cancel_subscription not done, got cancel_subscription, allow by cancellations, done"
    )


def test_a_value_that_was_not_there_to_be_looked_up_is_told_and_passes_nothing() -> None:
    assert "reply: expected words with duplicates.first.amount, got no such value" in map(
        str, differences(WANTED, RIGHT, {})
    )


def test_a_ticket_that_should_go_to_people_and_does_not_is_told() -> None:
    assert "handoff: expected one to billing, got nothing" in map(str, differences(handed(), RIGHT, LOOKED))


def handed() -> Golden:
    return golden()

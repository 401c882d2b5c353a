"""A reply that claims something without a source is not sent."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.domain.action import Action, Proposal
from deskhand.domain.finding import Finding
from deskhand.domain.money import Money
from deskhand.domain.resolution import End, Resolution
from deskhand.domain.verdict import Allow, Confirm, Deny, Verdict
from deskhand.planning.grounding import Sources, sources_of, ungrounded

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
CHARGED = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
FOUND = Finding(
    "billing.duplicate_charges",
    {"since": NOW, "already_refunded": 0},
    ({"charge": "ch_1Lumen2", "amount": Money(2900, "USD"), "created": CHARGED},),
    "stripe",
    NOW,
)
ARTICLE = (
    "Refunds take 5 to 10 business days. See https://status.lumen.example for incidents. Links are valid 60 minutes."
)
SOURCES = Sources((FOUND,), (ARTICLE,), frozenset({"refunded"}))


def letter(text: str, *verdicts: Verdict) -> Resolution:
    action = Action("refund_charge", {"charge": "ch_1Lumen2", "amount": "29.00 USD"})
    proposals = tuple(Proposal(action, f"refund/t/{n}", "d", v, "Refund") for n, v in enumerate(verdicts))
    return Resolution(text, End.RESOLVED, proposals, (), (), ())


def test_how_many_there_are_is_no_fact_when_there_are_more_than_were_taken() -> None:
    rows = tuple({"order": f"o{number}xyz"} for number in range(37))
    found = Finding("records.orders", {"found": True}, rows, "records", NOW)
    text = letter("You have 37 orders.")

    assert ungrounded(text, Sources((found,), (), frozenset())) == ()
    assert ungrounded(text, Sources((replace(found, more=True),), (), frozenset())) != ()


@pytest.mark.parametrize(
    "text",
    [
        "You were charged $29.00 twice on 21 November 2026.",
        "You were charged 29 USD twice on November 21.",
        "You were charged USD 29.00 on 2026-11-21 (ch_1Lumen2).",
        "I have refunded the second charge; it shows in 5 to 10 business days.",
        "I've checked your payments and found one charge twice.",
        "The receipt is {{ receipts.0.id }} for {{ receipts.0.amount }}.",
        "Links are valid 60 minutes; see https://status.lumen.example.",
        "Please tell me which payment you mean.",
    ],
)
def test_what_was_read_may_be_said(text: str) -> None:
    assert ungrounded(letter(text), SOURCES) == ()


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("You were charged $92.00 twice.", "$92.00"),
        ("You were charged €29.00 twice.", "€29.00"),
        ("You will get 31 dollars back.", "31 dollars"),
        ("It happened on 22 November.", "22 November"),
        ("It happened on 21 November 2025.", "21 November 2025"),
        ("It happened on 2026-11-23.", "2026-11-23"),
        ("The receipt is re_9876543.", "re_9876543"),
        ("Your invoice is INV-20261.", "INV-20261"),
        ("It takes 3 business days.", "3"),
        ("Write to help@elsewhere.example.", "help@elsewhere.example"),
        ("See https://evil.example/refund now.", "https://evil.example/refund"),
        ("I have cancelled your subscription.", "I have cancelled"),
        ("We've upgraded your plan.", "We've upgraded"),
        ("I\u2019ve deleted your account.", "I've deleted"),
        ("Your subscription has been cancelled.", "has been cancelled"),
        ("I have escalated this to the vice president.", "I have escalated"),
        ("I just sent you the invoice.", "I just sent"),
        ("I have personally arranged a call.", "I have"),
    ],
)
def test_what_was_not_read_is_stopped(text: str, claim: str) -> None:
    faults = ungrounded(letter(text), SOURCES)
    assert any(claim.split()[0] in fault for fault in faults), faults


@given(st.integers(1, 10**7), st.sampled_from(["USD", "EUR", "GBP", "JPY"]))
def test_no_invented_amount_gets_through(minor: int, currency: str) -> None:
    money = Money(minor, currency)
    faults = ungrounded(letter(f"You will get {money} back."), SOURCES)
    assert (faults == ()) == (money == Money(2900, "USD"))


@given(st.dates())
def test_no_invented_date_gets_through(day: object) -> None:
    faults = ungrounded(letter(f"It was on {day}."), SOURCES)
    assert (faults == ()) == (str(day) in ("2026-11-21", "2026-11-24"))


def test_a_denied_action_earns_no_deed() -> None:
    deeds = {"refund_charge": ("refunded",)}
    done = letter("I have refunded it.", Allow("refunds"))
    refused = letter("I have refunded it.", Deny("own-charge", "No."))
    assert ungrounded(done, sources_of([], [], [], done, deeds)) == ()
    assert ungrounded(refused, sources_of([], [], [], refused, deeds)) != ()


def test_what_waits_for_a_yes_is_announced_and_not_told_as_done() -> None:
    deeds = {"refund_charge": ("refunded", "returned")}
    texts = ["I refunded the charge when you confirm."]
    announced = letter("Once you confirm, I will refund the charge.", Confirm("asks", "Shall I?"))
    done = letter("I have refunded the charge.", Confirm("asks", "Shall I?"))
    assert ungrounded(announced, sources_of([], [], texts, announced, deeds)) == ()
    assert ungrounded(done, sources_of([], [], texts, done, deeds)) != ()


def test_what_policy_refused_is_not_announced() -> None:
    deeds = {"refund_charge": ("refunded", "returned")}
    texts = ["We can refund the charge of another customer."]
    offered = letter("We can refund the charge.", Deny("own-charge", "No."))
    assert ungrounded(offered, sources_of([], [], texts, offered, deeds)) != ()
    assert ungrounded(letter("We can refund the charge."), sources_of([], [], texts, letter(""), deeds)) == ()


def test_a_warning_not_to_pay_again_makes_nothing_free() -> None:
    written = ("There is no payment in the last 12 months.", "You are on a free trial.", "Please do not pay again.")
    said = letter("The next 12 months cost nothing.")

    assert any("months cost nothing" in fault for fault in ungrounded(said, Sources((), written, frozenset())))
    told = (*written, "The first 12 months cost nothing.")
    assert not any("entitlement" in fault for fault in ungrounded(said, Sources((), told, frozenset())))


def test_a_sentence_turned_round_is_stopped() -> None:
    sources = Sources(
        (), ("The link is sent by e-mail. A trial can be extended once. We do not send codes by SMS.",), frozenset()
    )
    assert ungrounded(letter("The link is sent by e-mail."), sources) == ()
    assert ungrounded(letter("A trial cannot be extended."), sources) != ()
    assert ungrounded(letter("We send codes by SMS."), sources) != ()
    assert ungrounded(letter("We don't send codes by SMS."), sources) == ()


def test_other_words_pass_only_where_they_mean_the_same() -> None:
    sources = Sources((), ("The link is sent by e-mail.",), frozenset())
    said = letter("The hyperlink gets delivered through electronic correspondence.")
    assert ungrounded(said, sources) != ()
    assert ungrounded(said, sources, lambda one, other: 0.9) == ()
    assert ungrounded(said, sources, lambda one, other: 0.2) != ()
    assert ungrounded(letter("The link is sent by Monica."), sources, lambda one, other: 0.9) != ()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("The link opens a hologram.", "speaks of hologram"),
        ("The link is always sent by e-mail.", "says always"),
        ("The link is sent by Monica.", "Monica is named"),
        ("The trial link can be extended by SMS codes e-mail.", "says all of this"),
    ],
)
def test_a_statement_is_stopped_for_what_is_wrong_with_it(said: str, why: str) -> None:
    texts = ("The link is sent by e-mail.", "Trials can be extended by 7 days, 7 times.", "We do not send SMS codes.")
    assert any(why in fault for fault in ungrounded(letter(said), Sources((), texts, frozenset())))

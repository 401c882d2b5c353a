"""One fact is one claim, however it is written and in whatever language."""

import time
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.planning.test_grounding import letter

from deskhand.domain.finding import Finding
from deskhand.domain.money import Money
from deskhand.planning.claims import Of, claims
from deskhand.planning.grounding import Sources, ungrounded

AT = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
FOUND = Finding(
    "billing.charges",
    {"count": 3, "reference": "INV-2026-1001", "sum": Money(123456, "EUR"), "left": timedelta(hours=36)},
    ({"charge": "ch_1Lumen2", "amount": Money(2900, "USD"), "created": AT},),
    "stripe",
    AT,
)


def values(text: str, of: Of) -> set[object]:
    return {claim.value[0] for claim in claims(text) if claim.of is of}


def stopped(text: str, *texts: str) -> tuple[str, ...]:
    return ungrounded(letter(text), Sources((FOUND,), texts, frozenset()))


@pytest.mark.parametrize(
    "said",
    [
        "€1,234.56",
        "1.234,56 €",
        "1 234,56 EUR",
        "EUR 1'234.56",
        "1\u202f234,56\u00a0€",
        "1,234.56 euros",
        "1234,56 Euro",
    ],
)
def test_an_amount_is_one_however_it_is_written(said: str) -> None:
    assert [claim.value for claim in claims(f"Es sind {said}.") if claim.of is Of.AMOUNT] == [
        (Decimal("1234.56"), "EUR")
    ]


@pytest.mark.parametrize(
    ("said", "amount", "currency"),
    [
        ("Fr. 20.-", 20, "CHF"),
        ("29 bucks", 29, "USD"),
        ("twenty-nine dollars", 29, "USD"),
        ("1 234,50 zł", Decimal("1234.5"), "PLN"),
        ("US$ 7", 7, "USD"),
        ("neunundzwanzig Euro", 29, "EUR"),
        ("¥5,000", 5000, "JPY"),
        ("KWD 1.250", Decimal("1.25"), "KWD"),
    ],
)
def test_currencies_have_signs_codes_and_words(said: str, amount: Decimal, currency: str) -> None:
    told = [
        claim.value
        for claim in claims(f"Das ist der Betrag und wir sehen {said} auf dem Konto")
        if claim.of is Of.AMOUNT
    ]
    if said.startswith("twenty"):
        told = [claim.value for claim in claims(f"You have {said} on your account.") if claim.of is Of.AMOUNT]
    assert told == [(amount, currency)]


@given(st.integers(0, 10**9), st.sampled_from([(",", "."), (".", ","), (" ", ","), ("'", ".")]))
def test_grouping_does_not_change_a_number(minor: int, marks: tuple[str, str]) -> None:
    whole, cents = divmod(minor, 100)
    said = f"{whole:,}".replace(",", marks[0]) + f"{marks[1]}{cents:02}"
    assert values(f"It is {said} EUR.", Of.AMOUNT) == {Decimal(minor) / 100}


@pytest.mark.parametrize(
    "said",
    [
        "21 November 2026",
        "Nov. 21, 2026",
        "2026-11-21",
        "21.11.2026",
        "21. November 2026",
        "21 novembre 2026",
        "21 de noviembre de 2026",
        "21 de novembro de 2026",
        "21 listopada 2026",
        "21/11/26",
    ],
)
def test_a_day_is_one_in_every_language(said: str) -> None:
    assert [claim.value for claim in claims(f"{said} x") if claim.of is Of.DATE] == [(21, 11, 2026)]


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ("It takes five to ten business days.", "Refunds take 5 to 10 business days."),
        ("Es dauert 5 bis 10 Werktage.", "Refunds take 5 to 10 business days."),
        ("Comptez cinq à dix jours ouvrés avant de le voir.", "Refunds take 5 to 10 business days."),
        ("Wait half an hour.", "Wait 30 minutes."),
        ("The trial has two weeks.", "The trial has 14 days."),
        ("You get 30 percent off the price.", "You get 30 % off the price."),
    ],
)
def test_words_and_units_are_matched(said: str, source: str) -> None:
    assert stopped(said, source) == ()


@pytest.mark.parametrize(
    "said",
    [
        "It takes 5 to 10 days.",
        "Es dauert 24 Stunden.",
        "It takes three weeks.",
        "You will have it by Friday.",
        "Sie haben es bis Freitag.",
        "It is done tomorrow.",
        "You get 12 percent off.",
    ],
)
def test_other_lengths_and_deadlines_are_stopped(said: str) -> None:
    assert stopped(said, "Refunds take 5 to 10 business days. You get 30 % off.") != ()


@pytest.mark.parametrize(
    ("said", "true"),
    [
        ("The charge was made at 23:30.", True),
        ("The charge was made at 11:30 pm UTC.", True),
        ("The charge was made at 00:30 CET.", True),
        ("The charge was made on 22 November at 00:30 CET.", True),
        ("The charge was made at 6:30 pm EST.", True),
        ("The charge was made at 00:30.", False),
        ("The charge was made at 23:30 CET.", False),
        ("The charge was made on 22 November.", False),
        ("The charge was made at 00:30 XXT.", False),
    ],
)
def test_local_time_needs_a_zone_and_right_arithmetic(said: str, true: bool) -> None:
    assert (stopped(said, "A charge is made on the day of renewal.") == ()) is true


@pytest.mark.parametrize("said", ["INV-2026-1001", "INV 2026 1001", "INV2026-1001", "ch_1Lumen2", "ch_ 1Lumen2"])
def test_an_id_may_be_split(said: str) -> None:
    assert stopped(f"The charge is {said}.", "The charge") == ()


@pytest.mark.parametrize(
    "said",
    [
        "INV 2026 1002",
        "ch_1Lumen",
        "See [this](https://lumen.evil.example).",
        "Go to lumen.io.",
        "Call +49 30 901820.",
        "Open Settings > Danger > Wipe.",
    ],
)
def test_other_ids_and_places_are_stopped(said: str) -> None:
    assert stopped(said, "Open Settings > Billing. See https://lumen.example, go, call.") != ()


@pytest.mark.parametrize(
    ("said", "of"),
    [
        ("Ich habe Ihr Konto gestern gelöscht.", Of.DEED),
        ("Nous avons annulé votre abonnement.", Of.DEED),
        ("Hemos cambiado su plan.", Of.DEED),
        ("Abbiamo chiuso il suo account.", Of.DEED),
        ("Reembolsei o seu pagamento.", Of.DEED),
        ("We hebben uw wachtwoord gewijzigd.", Of.DEED),
        ("Usunęliśmy Państwa konto.", Of.DEED),
        ("Vi har slettet din konto.", Of.DEED),
        ("Jag har raderat ditt konto.", Of.DEED),
        ("We will refund you.", Of.PROMISE),
        ("Wir erstatten Ihnen den Betrag.", Of.PROMISE),
        ("Your next month is free of charge.", Of.GRANT),
        ("Sie haben Anspruch auf eine Entschädigung.", Of.GRANT),
        ("Vous avez droit à un remboursement.", Of.GRANT),
        ("The compliance department decides.", Of.DOER),
    ],
)
def test_deeds_and_promises_are_read_in_ten_languages(said: str, of: Of) -> None:
    assert of in {claim.of for claim in claims(said)}
    assert stopped(said) != ()


@pytest.mark.parametrize(
    "said",
    [
        "Мы вернули вам деньги.",
        "Vrátili jsme vám peníze na kartu a zrušili jsme také celé předplatné bez dalších poplatků pro váš účet",
    ],
)
def test_a_language_that_nobody_checks_is_stopped(said: str) -> None:
    assert stopped(said)[0].startswith("not in a language")


def test_a_year_has_twelve_months() -> None:
    assert stopped("It is one year.", "It is 12 months.") == ()
    assert stopped("It is one year.", "It is 1 month.") != ()


PIECES = [
    "1 ",
    "1.",
    "a ",
    "a.",
    "(",
    "12:",
    "+1 ",
    "$1,",
    "I have ",
    "I will just ",
    "> a ",
    "[a](",
    "x_",
    "ich habe ",
]
PIECES += ["not ", "if ", "@a.", "Settings > ", "1-1-", "  ", "\n", "wir werden ", "no ", "a-", "'", "https://"]


@pytest.mark.parametrize("piece", PIECES)
def test_hostile_repetition_takes_time_in_proportion(piece: str) -> None:
    for _ in range(3):  # a collection of garbage may fall into one of them
        part, whole = (seconds((piece * size)[:size]) for size in (2_500, 10_000))
        if whole < max(0.4, 8 * part):
            return
    pytest.fail(f"{whole:.2f} s, and {part:.2f} s for a quarter")


def seconds(text: str) -> float:
    """Of this thread alone: others work in this process, too."""
    began = time.thread_time()
    ungrounded(letter(text), Sources((FOUND,), ("A refund is made.",), frozenset()))
    return time.thread_time() - began


STANDS = (
    "If it is: Your subscription is cancelled. If we could: Your payment was refunded. Once that is done, it is over."
)


@pytest.mark.parametrize(
    "said",
    [
        "Your subscription is cancelled.",
        "Good news! Your plan has already been cancelled.",
        "Your payment was refunded.",
    ],
)
def test_how_things_stand_with_this_customer_is_told_by_no_text_for_everybody(said: str) -> None:
    assert any("state without a source" in fault for fault in stopped(said, STANDS))


@pytest.mark.parametrize("said", ["When your subscription is cancelled, nothing more is charged."])
def test_how_things_would_stand_is_no_state(said: str) -> None:
    assert not any("state" in fault for fault in stopped(said, f"{STANDS} {said}"))

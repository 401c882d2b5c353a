"""What customers state is kept sentence by sentence, in their words, with what kinds of particulars stand in each."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.understanding.stated import LEFT_OUT, LONGEST, PLAIN_ROOM, ROOM, Wrote, kinds_in, stated

WORDS = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau".split()
AT = datetime(2026, 11, 24, 10, 31, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("I was charged $29.00 twice", {"amount"}),
        ("Sie haben 29,50 € abgebucht", {"amount"}),
        ("vous avez prélevé 30 euros", {"amount"}),
        ("It happened on 3 March", {"date"}),
        ("am 3. März passiert", {"date"}),
        ("el 14 de febrero", {"date"}),
        ("seit gestern", {"date"}),
        ("my order is LM-48213", {"number"}),
        ("Bestellung 4711", {"number"}),
        ("write to ada@example.com", {"email"}),
        ("call +49 30 901820", {"phone"}),
        ("I restarted the router", {"tried"}),
        ("ich habe den Router schon neu gestartet", {"tried"}),
        ("I need it by Friday", {"deadline"}),
        ("at 10:30", {"time"}),
        ("um 9.30 Uhr", {"time"}),
        ("on 03/11/2026", {"date"}),
        ("am 3.11. passiert", {"date"}),
        ("we have 7 seats", {"figure"}),
        ("the button is grey", set()),
    ],
)
def test_particulars_are_known_by_their_kind(text: str, kinds: set[str]) -> None:
    assert kinds <= set(kinds_in(text))
    assert bool(kinds) == bool(kinds_in(text))


@pytest.mark.parametrize("text", ["it says $41.50, not 10", "invoice INV-2026-1031", "version 1.2.3 of it", "3.50 EUR"])
def test_a_price_or_a_number_is_no_day_and_no_hour(text: str) -> None:
    assert not {"date", "time"} & set(kinds_in(text))


def test_each_sentence_is_told_once_with_its_time() -> None:
    later = AT.replace(hour=11)
    found = stated(
        [Wrote("Hello! I paid $29. The button is grey.", AT), Wrote("I paid $29.\nIt is urgent now.", later)]
    )
    assert [(one.name, one.value, one.read_at) for one in found] == [
        ("amount", "I paid $29.", AT),
        ("words", "The button is grey.", AT),
        ("words", "It is urgent now.", later),
    ]
    assert found[0].source == "the customer, 2026-11-24 10:31 UTC"


def test_words_whose_writer_is_doubted_are_not_told_as_the_customers() -> None:
    (found,) = stated([Wrote("My order is LM-48213.", AT, vouched=False)])
    assert found.source == "somebody in the customer's name, 2026-11-24 10:31 UTC"


def test_a_day_with_a_dot_does_not_end_a_sentence() -> None:
    assert [one.value for one in stated([Wrote("Das war am 3. März. Seitdem geht nichts.", AT)])] == [
        "Das war am 3. März.",
        "Seitdem geht nichts.",
    ]


def test_what_has_particulars_is_not_left_out_for_what_has_none() -> None:
    idle = [Wrote(f"nothing of note was said here, {word} word" + " and so on" * 20, AT) for word in WORDS]
    found = stated([*idle, Wrote("My order is LM-48213.", AT)])
    assert "My order is LM-48213." in [one.value for one in found]
    assert found[-1].name == LEFT_OUT
    assert "stand on the ticket" in found[-1].value


@given(st.lists(st.text(max_size=700), max_size=6))
def test_it_is_bounded_and_never_blank_whatever_is_written(texts: list[str]) -> None:
    found = stated([Wrote(text, AT) for text in texts])
    assert all(one.value.strip() and one.name.strip() and len(one.value) <= LONGEST for one in found)
    assert sum(len(one.value) for one in found if one.name != LEFT_OUT) <= ROOM + PLAIN_ROOM


@given(st.lists(st.sampled_from(WORDS), min_size=3, max_size=200))
def test_no_word_of_a_long_sentence_is_lost(words: list[str]) -> None:
    told = " ".join(one.value for one in stated([Wrote(" ".join(words), AT)]))
    assert set(words) <= set(told.split())

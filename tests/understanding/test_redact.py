"""What no brain needs never reaches one; what the reply must name comes back, to where it stood and nowhere else."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum import iban, luhn

from deskhand.domain.card_number import is_card
from deskhand.domain.contact import Contact
from deskhand.understanding.redact import Masker, find, mask, redact, unmask
from deskhand.understanding.understand import readable

ALL = frozenset(Contact)
EMAIL = frozenset({Contact.EMAIL})
CARDS = ("4111111111111111", "5555555555554444", "378282246310005", "30569309025904", "6011111111111117")
ARABIC, FULL_WIDTH = ({ord(str(n)): zero + n for n in range(10)} for zero in (0x0660, 0xFF10))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("my card 4111 1111 1111 1111 was charged", "my card [card] was charged"),
        ("order 4111111111111112 is late", "order 4111111111111112 is late"),
        ("pay to DE89 3704 0044 0532 0130 00 please", "pay to [iban] please"),
        ("my password is hunter2!", "my password is [secret]"),
        ("key sk_live_4242424242424242", "key [secret]"),
        ("ssn 536-22-1234", "ssn [national id]"),
        ("4111111111111111 12/27 123", "[card] [card expiry] [secret]"),
        ("https://ana:geheim@example.com/x", "https://[secret]@example.com/x"),
        ("call +1 415 555 0132", "call +1 415 555 0132"),
        ("mail ana@example.com", "mail ana@example.com"),
        ("invoice 2026-11-0042", "invoice 2026-11-0042"),
    ],
)
def test_secrets_are_masked_and_nothing_else(text: str, left: str) -> None:
    assert redact(text) == left


@pytest.mark.parametrize("card", CARDS)
@pytest.mark.parametrize(
    "sign", ["", " ", "  ", "-", " - ", "\u2013", "\u2014", "\u2212", ".", "\n", " \n", "\u00a0", "\u2009"]
)
@pytest.mark.parametrize("digits", [{}, ARABIC, FULL_WIDTH])
def test_a_card_is_found_however_it_is_written(card: str, sign: str, digits: dict[int, int]) -> None:
    groups = (
        re.fullmatch(r"(....)(......)(.+)", card) if len(card) < 16 else re.fullmatch(r"(....)(....)(....)(.+)", card)
    )
    assert groups is not None
    assert redact(f"it is {sign.join(groups.groups()).translate(digits)}, thanks") == "it is [card], thanks"


@pytest.mark.parametrize("filler", ["\u200b", "\u200d", "\u00ad", "\ufeff", "\u2060", "\u202e", "\x00", "\ufe0f\u20e3"])
def test_what_cannot_be_seen_hides_no_number(filler: str) -> None:
    assert redact(f"it is {filler.join('4111111111111111')} ok") == "it is [card] ok"
    assert redact(f"my pass{filler}word is hun{filler}ter2!") == "my pass" + filler + "word is [secret]"


@given(
    st.sampled_from([("4", 16), ("51", 16), ("2221", 16), ("34", 15), ("36", 14), ("6011", 16), ("3528", 16)]),
    st.data(),
)
def test_every_number_of_an_issuer_with_its_check_digit_is_a_card(issuer: tuple[str, int], data: st.DataObject) -> None:
    start, length = issuer
    body = start + data.draw(st.text("0123456789", min_size=length - len(start) - 1, max_size=length - len(start) - 1))
    card = body + str(luhn.calc_check_digit(body))
    assert is_card(card)
    assert redact(f"it is {card}.") == "it is [card]."
    wrong = body + str((int(card[-1]) + 1) % 10)
    assert redact(f"it is {wrong}.") == f"it is {wrong}."


@given(st.sampled_from("0179"), st.integers(12, 18), st.data())
def test_a_check_digit_alone_makes_no_card(start: str, length: int, data: st.DataObject) -> None:
    body = start + data.draw(st.text("0123456789", min_size=length - 1, max_size=length - 1))
    assert not is_card(body + str(luhn.calc_check_digit(body)))


@given(st.sampled_from(["DE", "FR", "NL", "ES", "AT"]), st.integers(0, 10**10), st.sampled_from(["", " ", "-"]))
def test_an_iban_ends_where_its_country_ends_it(country: str, number: int, sign: str) -> None:
    lengths = {"DE": 18, "FR": 23, "NL": 14, "ES": 20, "AT": 16}
    body = ("ABNA" if country == "NL" else "").ljust(lengths[country], "0")
    body = body[: lengths[country] - 11] + f"{number:011d}"
    account = f"{country}{iban.calc_check_digits(f'{country}00{body}')}{body}"
    assume(iban.is_valid(account))
    written = sign.join(account[i : i + 4] for i in range(0, len(account), 4))
    assert redact(f"to {written} from me") == "to [iban] from me"


def test_numbers_of_things_stay() -> None:
    for text in (
        "order #4111111111111111 and order no. 5555555555554444",
        "ch_4242424242424242, re_4111111111111111, in_1OaBcDLkdIwHu7ixN3b2K4yZ",
        "tracking 9400100000000000000000, SN-4111-1111-1111-1111",
        "invoice 658379410 of 2025-11-03 at 12:30:45, 1,234.56 USD, version 10.15.7.1",
    ):
        assert mask(text, ALL).text == text


def test_contacts_are_numbered_as_they_come_and_the_same_one_has_the_same_number() -> None:
    masked = mask("ana@example.com or bob@example.com, not ANA@example.com; +1 415 555 0132 = +1-415-555-0132", ALL)
    assert masked.text == "[email 1] or [email 2], not [email 1]; [phone 1] = [phone 1]"
    assert masked.values == {
        "[email 1]": "ana@example.com",
        "[email 2]": "bob@example.com",
        "[phone 1]": "+1 415 555 0132",
    }


def test_only_the_kinds_that_the_desk_names_are_masked() -> None:
    text = "ana@example.com, +1 415 555 0132, 203.0.113.9"
    assert mask(text, EMAIL).text == "[email 1], +1 415 555 0132, 203.0.113.9"
    assert mask(text, {Contact.IP}).text == "ana@example.com, +1 415 555 0132, [ip 1]"


def test_what_is_never_kept_is_never_given_back() -> None:
    text = "card 4111111111111111, pin 1234, DE89370400440532013000, ssn 536-22-1234, ana@example.com"
    assert mask(text, ALL).values == {"[email 1]": "ana@example.com"}


def test_a_place_that_the_customer_wrote_is_not_taken_for_ours() -> None:
    masked = mask("[email 1] is what I saw, ana@example.com is me, [card] and [email 3] too", EMAIL)
    assert masked.text == "[email 1] is what I saw, [email 2] is me, [card] and [email 3] too"
    assert unmask("[email 1] [email 2] [email 3] [card]", masked.values) == "[email 1] ana@example.com [email 3] [card]"


def test_a_place_that_another_text_holds_is_not_taken_either() -> None:
    texts = ("write to ana@example.com", "what is [ema\u200bil 1]?")
    masker = Masker(texts, EMAIL)
    assert masker(texts[0]) == "write to [email 2]"


def test_texts_that_are_read_together_share_their_numbers() -> None:
    texts = ("bob@example.com", "ana@example.com wrote to bob@example.com")
    masker = Masker(texts, EMAIL)
    assert [masker(text) for text in texts] == ["[email 1]", "[email 2] wrote to [email 1]"]
    assert unmask("[email 2]", masker.values) == "ana@example.com"


def test_a_value_that_looks_like_a_place_is_given_back_once() -> None:
    assert unmask("[name 1]", {"[name 1]": "[email 1]", "[email 1]": "ana@example.com"}) == "[email 1]"


def test_what_the_record_says_is_found_in_any_case() -> None:
    known = {Contact.NAME: "Maya Chen", Contact.EMAIL: "maya@corp"}
    masked = mask("maya chen here (maya@corp). Maya. It may help. Chen!", ALL, known)
    assert masked.text == "[name 1] here ([email 1]). [name 2]. It may help. [name 3]!"
    assert mask("maya chen", EMAIL, known).text == "maya chen"


def test_where_two_things_overlap_nothing_of_either_is_left() -> None:
    assert mask("my password is 4111 1111 1111 1111", ALL).text == "my password is [secret]"
    assert mask("https://ana:secret@example.com", ALL).text == "https://[secret]@example.com"


@given(
    st.text(max_size=60), st.sampled_from(["ana@example.com", "+44 20 7946 0018", "203.0.113.9", "4111111111111111"])
)
def test_what_was_masked_once_stays_as_it_is(text: str, more: str) -> None:
    once = mask(f"{text} {more} {text}", ALL)
    assert mask(once.text, ALL).text == once.text


@given(st.text("ab @.:/[]email1234567890-+ \n\u200b\u0661\uff14", max_size=80))
def test_what_may_be_given_back_comes_back_letter_for_letter(text: str) -> None:
    found = find(text, ALL)
    assume(all(isinstance(one.kind, Contact) for one in found))
    values = {text[one.start : one.end] for one in found}
    assume(len({value.casefold() for value in values}) == len(values) and not any(one.kind == "phone" for one in found))
    masked = mask(text, ALL)
    assert unmask(masked.text, masked.values) == text


@given(st.text())
def test_what_is_found_lies_apart_in_order_and_within_the_text(text: str) -> None:
    places = [0, *(place for one in find(text, ALL) for place in (one.start, one.end)), len(text)]
    assert places == sorted(places)
    assert all(one.start < one.end for one in find(text, ALL))


def test_control_characters_go_and_length_is_bounded() -> None:
    text = readable("a\x00b\x07\u202ec" + "x" * 100_000)
    assert text.startswith("abc")
    assert len(text) == 20_000

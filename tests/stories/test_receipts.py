"""What a customer keeps of a deed, and how they have a person look at it."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.stories.lumen import TWICE, Lumen, Told, opened, trusted

from deskhand.domain.ref import Ref
from deskhand.infrastructure.receipt_token import key_of, token_of
from deskhand.settings import ReceiptsTable, Settings

ADDRESS = "https://desk.lumen.example"
KEYS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60)


def with_receipts(settings: Settings) -> Settings:
    table = trusted(settings).table.model_copy(update={"receipts": ReceiptsTable(address=ADDRESS)})
    return replace(settings, table=table)


def link(lumen: Lumen, told: Told) -> str:
    (reply,) = lumen.replies(told.number)
    (found,) = re.findall(re.escape(ADDRESS) + r"(/receipts/\S+)", reply)
    return str(found)


def test_a_letter_that_tells_of_a_deed_names_its_receipt_before_the_signature(folder: Path) -> None:
    with opened(folder, with_receipts) as lumen:
        told = lumen.say(lumen.customer("double_charge_small"), TWICE)
        (reply,) = lumen.replies(told.number)
        assert reply.rstrip().endswith("Lumen Analytics Support")
        page = lumen.http.get(link(lumen, told))
        (refund,) = lumen.refunds(told_email(lumen, told))
        assert page.status_code == 200
        for words in (refund.ref.id, str(refund.amount), "Done", "our assistant, within written rules"):
            assert words in page.text
        assert "example.com" not in page.text
        answered = lumen.say(lumen.customer("single_charge"), "How big can a CSV file be?")
        assert ADDRESS not in lumen.replies(answered.number)[0]


def test_a_receipt_is_in_the_language_that_its_customer_wrote_in(folder: Path) -> None:
    with opened(folder, with_receipts) as lumen:
        told = lumen.say(lumen.customer("double_charge_small"), TWICE)
        address = link(lumen, told)
        assert "Decided by" in lumen.http.get(address, headers={"accept-language": "de"}).text
        with lumen.installation.store.begin() as tx:
            tx.tickets.describe(told.ticket, "Ada", "Danke!", "de")  # what is kept of their newest message
        page = lumen.http.get(address, headers={"accept-language": "en"})
        assert '<html lang="de">' in page.text
        assert "Von einem Menschen ansehen lassen" in page.text


def test_a_contested_deed_goes_to_a_person_once_with_the_customers_words(folder: Path) -> None:
    with opened(folder, with_receipts) as lumen:
        told = lumen.say(lumen.customer("double_charge_small"), TWICE)
        path = link(lumen, told)
        for _ in range(2):
            answer = lumen.http.post(path, data={"words": "It was <b>not</b> me"})
            assert answer.status_code == 303
        lumen.eventually(lambda: any("It was <b>not</b> me" in note for note in lumen.notes(told.number)))
        assert lumen.owner(told.ticket) == "queue:support"
        assert lumen.kinds(told.ticket).count("effect.contested") == 1
        assert len(lumen.notes(told.number)) == 1
        assert "A person will look" in lumen.http.get(answer.headers["location"]).text


def test_a_guessed_or_changed_address_shows_nothing(folder: Path) -> None:
    with opened(folder, with_receipts) as lumen:
        told = lumen.say(lumen.customer("double_charge_small"), TWICE)
        path = link(lumen, told)
        foreign = token_of(f"refund/{told.ticket}/ch_1", b"another desk")
        for wrong in (path[:-1], path + "0", "/receipts/x", "/receipts/.", f"/receipts/{foreign}", "/receipts/%F0"):
            assert lumen.http.get(wrong).status_code == 404
            assert lumen.http.post(wrong, data={"words": "x"}).status_code == 404
        assert lumen.owner(told.ticket) == "assistant"


@given(KEYS, st.binary(max_size=40), st.binary(max_size=40))
def test_a_token_opens_its_key_with_its_secret_alone(key: str, secret: bytes, other: bytes) -> None:
    assert key_of(token_of(key, secret), secret) == key
    if other != secret:
        assert key_of(token_of(key, secret), other) is None


@given(st.text(max_size=80))
def test_no_text_is_a_token_by_chance(text: str) -> None:
    assert key_of(text, b"secret") is None


@pytest.mark.parametrize("address", ["http://desk.example", "https://desk.example/path", "desk.example", "https://a@b"])
def test_only_a_plain_https_address_is_taken(address: str) -> None:
    with pytest.raises(ValueError, match="address"):
        ReceiptsTable(address=address)


def told_email(lumen: Lumen, told: Told) -> str:
    """Whoever wrote it."""
    return lumen.installation.desk.desks["zendesk"].ticket(Ref.parse(told.ticket)).value.requester.email

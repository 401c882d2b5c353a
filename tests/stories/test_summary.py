"""The customer reads what was passed on to people, and corrects it: people see it with the packet, once."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest
from tests.api.visitor import cookie
from tests.stories.lumen import TWICE, Lumen, Told, opened, trusted

from deskhand.infrastructure.receipt_token import token_of
from deskhand.settings import ReceiptsTable, Settings
from deskhand.workflows.correct import MOST, name_of
from deskhand.workflows.take_over import give_back

ADDRESS = "https://desk.lumen.example"
PERSON = "I want to talk to a person about order LM-48213. I paid $41.50 on 3 March."
CARD = "4012 8888 8888 1881"


def with_address(settings: Settings) -> Settings:
    table = trusted(settings).table.model_copy(update={"receipts": ReceiptsTable(address=ADDRESS)})
    return replace(settings, table=table)


@pytest.fixture(scope="module")
def lumen(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lumen]:
    """One desk for these stories, each on tickets of its own."""
    with opened(copytree(prepared, tmp_path_factory.mktemp("summary") / "desk"), with_address) as made:
        yield made


def link(lumen: Lumen, told: Told) -> str:
    (found,) = re.findall(re.escape(ADDRESS) + r"(/summaries/\S+)", lumen.replies(told.number)[-1])
    return str(found)


def corrections(lumen: Lumen, told: Told) -> list[str]:
    return [one for one in lumen.notes(told.number) if "The customer corrected" in one]


def test_the_letter_of_a_handoff_leads_to_their_own_words(lumen: Lumen) -> None:
    told = lumen.say(lumen.customer("single_charge"), "The export fails with code E-771, see customer 4711. " + PERSON)
    assert lumen.replies(told.number)[0].rstrip().endswith("Lumen Analytics Support")
    page = lumen.http.get(link(lumen, told))
    assert page.status_code == 200
    for words in ("LM-48213", "$41.50", "3 March", "E-771", "What we passed on", "Nothing yet."):
        assert words in page.text
    assert told.result.handoff is not None
    packet = told.result.handoff
    for hidden in (packet.because, packet.next_step, "tier", "queue", *packet.policy):
        assert hidden not in page.text


def test_what_was_done_for_them_is_shown_with_its_reference(lumen: Lumen) -> None:
    email = lumen.customer("double_charge_small")
    first = lumen.say(email, TWICE)
    (refund,) = lumen.refunds(email)
    told = lumen.say(email, "Thank you. I want to talk to a person, please.", first.number)
    page = lumen.http.get(link(lumen, told)).text
    assert refund.ref.id in page
    assert str(refund.amount) in page
    assert "/receipts/" in page


def test_whoever_is_not_known_to_be_the_customer_sees_no_deed(lumen: Lumen) -> None:
    told = lumen.say("nobody.at.all@example.net", PERSON)
    page = lumen.http.get(link(lumen, told)).text
    assert "LM-48213" in page
    assert "Nothing yet." in page


def test_it_speaks_the_customers_language(lumen: Lumen) -> None:
    told = lumen.say(
        lumen.customer("single_charge"), "Guten Tag, meine Bestellung LM-48213 ist leider nicht angekommen."
    )
    assert "Was ich weitergegeben habe" in lumen.replies(told.number)[0]
    page = lumen.http.get(link(lumen, told)).text
    assert '<html lang="de">' in page
    assert "Berichtigung senden" in page


def test_a_correction_reaches_people_once_and_the_packet(lumen: Lumen) -> None:
    told = lumen.say(lumen.customer("single_charge"), PERSON)
    path = link(lumen, told)
    for words in ("It was <b>$14.50</b>, not 41.50", "it was  <b>$14.50</b> not 41.50!"):
        answer = lumen.http.post(path, data={"words": words})
        assert answer.status_code == 303
    assert "Whoever works on your request sees" in lumen.http.get(answer.headers["location"]).text
    lumen.eventually(lambda: bool(corrections(lumen, told)))
    (note,) = corrections(lumen, told)
    assert "It was <b>$14.50</b>, not 41.50" in note
    assert lumen.kinds(told.ticket).count("handoff.corrected") == 1
    shown = lumen.http.get(path).text
    assert "It was &lt;b&gt;$14.50&lt;/b&gt;" in shown
    packet = lumen.http.get(f"/handoffs/{told.ticket}", headers=cookie(lumen, "ana"))
    assert "Corrected by the customer" in packet.text
    assert "It was &lt;b&gt;$14.50&lt;/b&gt;" in packet.text
    lines = lumen.installation.queries.timeline(told.ticket)
    assert not [one for one in lines if "14.50" in str(one.body)]


def test_a_later_handoff_carries_the_correction(lumen: Lumen) -> None:
    email = lumen.customer("single_charge")
    told = lumen.say(email, PERSON)
    lumen.http.post(link(lumen, told), data={"words": "The order is LM-99999"})
    lumen.eventually(lambda: bool(corrections(lumen, told)))
    give_back(lumen.installation.store, told.ticket, lumen.installation.people["ana"], lumen.clock())
    again = lumen.say(email, "I still want a person.", told.number)
    assert again.result.handoff is not None
    assert "The order is LM-99999" in [one.value for one in again.result.handoff.stated]
    assert "LM-99999" in lumen.notes(told.number)[-1]


def test_at_once_they_are_kept_to_their_number_and_none_is_told_twice(lumen: Lumen) -> None:
    told = lumen.say(lumen.customer("single_charge"), PERSON)
    path = link(lumen, told)
    texts = [f"number {n % (2 * MOST)} is wrong" for n in range(4 * MOST)]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda text: lumen.http.post(path, data={"words": text}), texts))
    assert {one.status_code for one in answers} == {303}
    assert any("told=enough" in one.headers["location"] for one in answers)
    lumen.eventually(lambda: len(corrections(lumen, told)) == MOST)
    assert len(set(corrections(lumen, told))) == MOST
    assert lumen.kinds(told.ticket).count("handoff.corrected") == MOST


@pytest.mark.parametrize("words", ["", "   ", "?!", "\u200b"])
def test_an_empty_correction_is_none(lumen: Lumen, words: str) -> None:
    told = lumen.say(lumen.customer("single_charge"), PERSON)
    answer = lumen.http.post(link(lumen, told), data={"words": words})
    assert "nothing was kept" in lumen.http.get(answer.headers["location"]).text
    assert "handoff.corrected" not in lumen.kinds(told.ticket)


def test_a_huge_correction_is_refused_and_a_made_up_notice_is_not_shown(lumen: Lumen) -> None:
    told = lumen.say(lumen.customer("single_charge"), PERSON)
    path = link(lumen, told)
    assert lumen.http.post(path, data={"words": "x" * 100_000}).status_code == 422
    assert "handoff.corrected" not in lumen.kinds(told.ticket)
    for notice in ("<script>alert(1)</script>", "link", "__class__"):
        page = lumen.http.get(path, params={"told": notice}).text
        assert 'role="status"' not in page
        assert "<script" not in page


def test_a_guessed_or_foreign_address_shows_nothing(lumen: Lumen) -> None:
    told = lumen.say(lumen.customer("single_charge"), PERSON)
    path = link(lumen, told)
    name = name_of(told.ticket, told.message)
    foreign = token_of(name, b"another desk")
    for wrong in (path[:-1], path + "0", "/summaries/x", "/summaries/.", f"/summaries/{foreign}", "/summaries/%F0"):
        assert lumen.http.get(wrong).status_code == 404
        assert lumen.http.post(wrong, data={"words": "x"}).status_code == 404
    assert lumen.http.get(path.replace("/summaries/", "/receipts/")).status_code == 404


def test_the_address_of_a_receipt_opens_no_summary(lumen: Lumen) -> None:
    told = lumen.say(lumen.customer("double_charge_small"), TWICE)
    (receipt,) = re.findall(re.escape(ADDRESS) + r"/receipts/(\S+)", lumen.replies(told.number)[0])
    assert lumen.http.get(f"/summaries/{receipt}").status_code == 404


def test_a_message_whose_writer_is_doubted_gets_no_address(lumen: Lumen) -> None:
    assert lumen.installation.systems.zendesk_twin is not None
    signed = lumen.installation.systems.zendesk_twin.receive(lumen.customer("single_charge"), PERSON, flags=[11])
    lumen.deliver(signed)
    told = lumen.told(signed)
    assert told.result.handoff is not None
    assert "/summaries/" not in told.result.reply


def test_words_whose_writer_is_doubted_are_for_people_only(lumen: Lumen) -> None:
    twin = lumen.installation.systems.zendesk_twin
    assert twin is not None
    email = lumen.customer("single_charge")
    doubted = twin.receive(email, "My order is LM-66666.", flags=[11])
    told = lumen.say(email, PERSON, lumen.number(doubted))
    assert told.result.handoff is not None
    assert "LM-66666" in lumen.notes(told.number)[0]
    page = lumen.http.get(link(lumen, told)).text
    assert "LM-48213" in page
    assert "LM-66666" not in page

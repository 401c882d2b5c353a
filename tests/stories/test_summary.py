"""The customer reads what was passed on to people, and corrects it: people see it with the packet, once."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.api.visitor import cookie
from tests.stories.lumen import TWICE, Lumen, Told, opened, trusted

from deskhand.domain.stage import Stage
from deskhand.infrastructure.receipt_token import token_of
from deskhand.settings import ReceiptsTable, Settings
from deskhand.workflows.correct import MOST, OPEN, name_of
from deskhand.workflows.take_over import give_back

ADDRESS = "https://desk.lumen.example"
PERSON = "I want to talk to a person about order LM-48213. I paid $41.50 on 3 March."
CARD = "4012 8888 8888 1881"


def with_address(settings: Settings) -> Settings:
    table = trusted(settings).table.model_copy(update={"receipts": ReceiptsTable(address=ADDRESS)})
    return replace(settings, table=table)


def link(lumen: Lumen, told: Told) -> str:
    (found,) = re.findall(re.escape(ADDRESS) + r"(/summaries/\S+)", lumen.replies(told.number)[-1])
    return str(found)


def corrections(lumen: Lumen, told: Told) -> list[str]:
    return [one for one in lumen.notes(told.number) if "The customer corrected" in one]


def test_the_letter_of_a_handoff_leads_to_their_own_words(folder: Path) -> None:
    with opened(folder, with_address) as lumen:
        told = lumen.say("lars.holm@example.com", "The export fails with code E-771, see customer 4711. " + PERSON)
        assert lumen.replies(told.number)[0].rstrip().endswith("Lumen Analytics Support")
        page = lumen.http.get(link(lumen, told))
        assert page.status_code == 200
        for words in ("LM-48213", "$41.50", "3 March", "E-771", "What we passed on", "Nothing yet."):
            assert words in page.text
        assert told.result.handoff is not None
        packet = told.result.handoff
        for hidden in (packet.because, packet.next_step, "tier", "queue", *packet.policy):
            assert hidden not in page.text


def test_what_was_done_for_them_is_shown_with_its_reference(folder: Path) -> None:
    with opened(folder, with_address) as lumen:
        email = lumen.customer("double_charge_small")
        first = lumen.say(email, TWICE)
        (refund,) = lumen.refunds(email)
        told = lumen.say(email, "Thank you. I want to talk to a person, please.", first.number)
        page = lumen.http.get(link(lumen, told)).text
        assert refund.ref.id in page
        assert str(refund.amount) in page
        assert "/receipts/" in page


def test_whoever_is_not_known_to_be_the_customer_sees_no_deed(folder: Path) -> None:
    with opened(folder, with_address) as lumen:
        told = lumen.say("nobody.at.all@example.net", PERSON)
        page = lumen.http.get(link(lumen, told)).text
        assert "LM-48213" in page
        assert "Nothing yet." in page


def test_it_speaks_the_customers_language(folder: Path) -> None:
    with opened(folder, with_address) as lumen:
        told = lumen.say("lars.holm@example.com", "Guten Tag, meine Bestellung LM-48213 ist leider nicht angekommen.")
        assert "Was ich weitergegeben habe" in lumen.replies(told.number)[0]
        page = lumen.http.get(link(lumen, told)).text
        assert '<html lang="de">' in page
        assert "Berichtigung senden" in page


def test_a_correction_reaches_people_once_and_the_packet(folder: Path) -> None:
    with opened(folder, with_address) as lumen:
        told = lumen.say("lars.holm@example.com", PERSON)
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


def test_a_later_handoff_carries_the_correction(folder: Path) -> None:
    with opened(folder, with_address) as lumen:
        told = lumen.say("lars.holm@example.com", PERSON)
        lumen.http.post(link(lumen, told), data={"words": "The order is LM-99999"})
        lumen.eventually(lambda: bool(corrections(lumen, told)))
        give_back(lumen.installation.store, told.ticket, lumen.installation.people["ana"], lumen.clock())
        again = lumen.say("lars.holm@example.com", "I still want a person.", told.number)
        assert again.result.handoff is not None
        assert "The order is LM-99999" in [one.value for one in again.result.handoff.stated]
        assert "LM-99999" in lumen.notes(told.number)[-1]


def test_nothing_that_is_never_kept_is_kept_of_a_correction(folder: Path) -> None:
    with opened(folder, with_address) as lumen:
        told = lumen.say("lars.holm@example.com", PERSON)
        lumen.http.post(link(lumen, told), data={"words": f"My card is {CARD}\x00, my password is Kranich#77"})
        lumen.eventually(lambda: bool(corrections(lumen, told)))
        assert "[card]" in corrections(lumen, told)[0]
    state = folder / ".deskhand"
    files = [one.read_bytes() for one in state.glob("desk.sqlite*")]
    assert files
    assert not [word for word in (CARD, "Kranich#77") if any(word.encode() in one for one in files)]


def test_at_once_they_are_kept_to_their_number_and_none_is_told_twice(folder: Path) -> None:
    with opened(folder, with_address) as lumen:
        told = lumen.say("lars.holm@example.com", PERSON)
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
def test_an_empty_correction_is_none(folder: Path, words: str) -> None:
    with opened(folder, with_address) as lumen:
        told = lumen.say("lars.holm@example.com", PERSON)
        answer = lumen.http.post(link(lumen, told), data={"words": words})
        assert "nothing was kept" in lumen.http.get(answer.headers["location"]).text
        assert "handoff.corrected" not in lumen.kinds(told.ticket)


def test_a_huge_correction_is_refused_and_a_made_up_notice_is_not_shown(folder: Path) -> None:
    with opened(folder, with_address) as lumen:
        told = lumen.say("lars.holm@example.com", PERSON)
        path = link(lumen, told)
        assert lumen.http.post(path, data={"words": "x" * 100_000}).status_code == 422
        assert "handoff.corrected" not in lumen.kinds(told.ticket)
        for notice in ("<script>alert(1)</script>", "link", "__class__"):
            page = lumen.http.get(path, params={"told": notice}).text
            assert 'role="status"' not in page
            assert "<script" not in page


def test_a_guessed_or_foreign_address_shows_nothing(folder: Path) -> None:
    with opened(folder, with_address) as lumen:
        told = lumen.say("lars.holm@example.com", PERSON)
        path = link(lumen, told)
        name = name_of(told.ticket, told.message)
        foreign = token_of(name, b"another desk")
        for wrong in (path[:-1], path + "0", "/summaries/x", "/summaries/.", f"/summaries/{foreign}", "/summaries/%F0"):
            assert lumen.http.get(wrong).status_code == 404
            assert lumen.http.post(wrong, data={"words": "x"}).status_code == 404
        assert lumen.http.get(path.replace("/summaries/", "/receipts/")).status_code == 404


def test_the_address_of_a_receipt_opens_no_summary(folder: Path) -> None:
    with opened(folder, with_address) as lumen:
        told = lumen.say(lumen.customer("double_charge_small"), TWICE)
        (receipt,) = re.findall(re.escape(ADDRESS) + r"/receipts/(\S+)", lumen.replies(told.number)[0])
        assert lumen.http.get(f"/summaries/{receipt}").status_code == 404


def test_a_summary_closes_after_a_while(folder: Path) -> None:
    with opened(folder, with_address) as lumen:
        told = lumen.say("lars.holm@example.com", PERSON)
        path = link(lumen, told)
        lumen.clock.ahead = OPEN + timedelta(minutes=1)
        for answer in (lumen.http.get(path), lumen.http.post(path, data={"words": "It was $14.50"})):
            assert answer.status_code == 410
            assert "no longer available" in answer.text
            assert "LM-48213" not in answer.text
        assert "handoff.corrected" not in lumen.kinds(told.ticket)


def test_a_message_whose_writer_is_doubted_gets_no_address(folder: Path) -> None:
    with opened(folder, with_address) as lumen:
        assert lumen.installation.systems.zendesk_twin is not None
        signed = lumen.installation.systems.zendesk_twin.receive("lars.holm@example.com", PERSON, flags=[11])
        lumen.deliver(signed)
        told = lumen.told(signed)
        assert told.result.handoff is not None
        assert "/summaries/" not in told.result.reply


def test_words_whose_writer_is_doubted_are_for_people_only(folder: Path) -> None:
    with opened(folder, with_address) as lumen:
        twin = lumen.installation.systems.zendesk_twin
        assert twin is not None
        doubted = twin.receive("lars.holm@example.com", "My order is LM-66666.", flags=[11])
        told = lumen.say("lars.holm@example.com", PERSON, lumen.number(doubted))
        assert told.result.handoff is not None
        assert "LM-66666" in lumen.notes(told.number)[0]
        page = lumen.http.get(link(lumen, told)).text
        assert "LM-48213" in page
        assert "LM-66666" not in page


def test_without_a_public_address_no_letter_names_one(shared: Lumen) -> None:
    told = shared.say("lars.holm@example.com", PERSON, stage=Stage.AUTONOMOUS)
    assert told.result.handoff is not None
    assert "http" not in told.result.reply

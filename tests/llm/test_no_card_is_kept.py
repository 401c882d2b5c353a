"""Card numbers planted wherever words come in: no file of the desk, no log line and no request to a model holds one."""

import json
import logging
from pathlib import Path

import pytest
from tests.api.site import Page, with_sites
from tests.api.visitor import bearer
from tests.connectors.files import column, pdf
from tests.domain.test_card_number import checked
from tests.llm.conftest import Open
from tests.llm.desks import Twin, using

from deskhand.bootstrap.card_scan import find_cards
from deskhand.domain.article import Article
from deskhand.domain.ref import Ref
from deskhand.domain.suggestion import Person
from deskhand.ports.knowledge import Gathered
from deskhand.settings import Settings
from deskhand.workflows.import_history import import_tickets
from deskhand.workflows.whisper import whisper

CARDS = [checked(f"411111{place:03d}222333"[:15]) for place in range(12)]


def grouped(card: str, sign: str) -> str:
    return sign.join((card[:4], card[4:8], card[8:12], card[12:]))


def holds(data: bytes) -> list[str]:
    return [one for one in CARDS for sign in ("", " ", "-", ".", "\n") if grouped(one, sign).encode() in data]


def test_planted_numbers_are_nowhere(desk: Open, twin: Twin, caplog: pytest.LogCaptureFixture) -> None:
    def change(settings: Settings) -> Settings:
        return with_sites(using(twin.name())(settings))

    caplog.set_level(logging.INFO)
    lumen = desk(change)
    installation = lumen.installation
    store, clock = installation.store, lumen.clock
    page = Page(lumen, lumen.customer("single_charge"))

    # chat, an attachment's name, a text file, a PDF
    page.say(f"My card {grouped(CARDS[0], ' ')} was charged, cvv 737. How big can a CSV file be?")
    assert page.upload(f"card {CARDS[1]}.csv", b"a,b\n1,2\n", "text/csv").status_code == 201
    refused = [
        page.upload("a.txt", f"pay with {grouped(CARDS[2], '-')}".encode(), "text/plain"),
        page.upload("a.pdf", pdf(column(700, 12, f"Card {grouped(CARDS[3], ' ')}")), "application/pdf"),
    ]
    assert [(one.status_code, one.json()["why"]) for one in refused] == [(415, "card")] * 2

    # a message at the help desk, with a number in a link and one where an order is spoken of
    letter = f"Order {CARDS[4]} failed at https://pay.example/{CARDS[5]}?n={CARDS[6]}. How big can a CSV file be?"
    told = lumen.say(lumen.customer("single_charge"), letter)

    # an article, an agent's note, a whisper, a line of the journal and of a failure
    article = Article("pay.md", f"Pay {CARDS[7]}", f"Use {grouped(CARDS[7], '.')}.", "public", clock(), "d" * 64)
    installation.knowledge.library.take_over("planted", Gathered((article,), ()))
    ticket = page.ticket
    whisper(store, ticket, Person("dana", frozenset()), text=f"Card {CARDS[8]}", procedures=[], now=clock())
    with store.begin() as tx:
        tx.journal.append("planted.failure", ticket, {"why": f"refused: {grouped(CARDS[9], ' ')}"}, clock())
    installation.conversations.reply(Ref.parse(ticket), f"Note: {CARDS[10]}", public=False, key="agents/note")

    # a webhook's body in the address and in the body, refused or not
    lumen.http.post(f"/webhooks/zendesk?card={CARDS[11]}", content=json.dumps({"card": CARDS[11]}).encode())
    lumen.http.get(f"/conversations/{CARDS[11]}", headers=bearer(lumen, next(iter(installation.tokens))))

    # the past of a help desk
    past = installation.desk.desks["zendesk"].ticket(Ref.parse(told.ticket)).value
    list(import_tickets([past], "file", store, lambda text: text, clock))

    state = installation.settings.state
    left = {str(one.relative_to(state)): holds(one.read_bytes()) for one in _files(state)}
    assert {name: found for name, found in left.items() if found} == {}
    assert holds(caplog.text.encode()) == []
    asked = [one for one in twin.model.heard if holds(json.dumps(one, ensure_ascii=False).encode())]
    assert asked == []
    assert twin.model.heard, "a model was asked at all"
    assert list(find_cards(installation.settings, mend=False)) == []


def _files(state: Path) -> list[Path]:
    """What stands in for other people's systems keeps what these would keep."""
    return [one for one in state.rglob("*") if one.is_file() and "twins" not in one.parts]

"""What the assistant wrote is marked for machines wherever there is a place for it, and what people wrote is not."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.contracts import channel_rigs as rigs
from tests.contracts.help_desks import FreshdeskDesk, ZendeskDesk
from tests.contracts.rigs import clock
from tests.contracts.test_jira import JiraDesk

from deskhand.connectors.freshdesk.marks import AI, REFERENCE
from deskhand.connectors.freshdesk.page import to_text
from deskhand.connectors.smtp.mailer import Guard, Server, SmtpMailer
from deskhand.connectors.smtp.twin import SmtpTwin
from deskhand.domain.effect import AGENTS
from deskhand.domain.ticket import Requester

BY_AI, BY_AGENT = "reply/1", f"{AGENTS}1"
DOCUMENT = Path("docs/cards.md").read_text("utf-8")
CONNECTORS = Path("src/deskhand/connectors")
NO_PLACE = "nowhere with the message"
Marked = Callable[[Path, str], object]


def zendesk(folder: Path, key: str) -> object:
    desk = ZendeskDesk()
    desk.writer.reply(desk.customer_writes("Hello"), "Refunded.", public=True, key=key)
    return desk.twin.store.every("comment", 10)[0]["metadata"]["custom"]["ai_generated"]


def freshdesk(folder: Path, key: str) -> object:
    """A reader takes the mark off with the reference, and finds the words that were sent."""
    desk = FreshdeskDesk()
    desk.writer.reply(desk.customer_writes("Hello"), "Refunded.", public=True, key=key)
    text = to_text(next(one["body"] for one in desk.twin.store.every("conversation", 10) if "Refunded" in one["body"]))
    assert REFERENCE.sub("", text) == "Refunded."
    return text.endswith(AI)


def jira(folder: Path, key: str) -> object:
    desk = JiraDesk()
    desk.writer.reply(desk.customer_writes("Hello"), "Refunded.", public=True, key=key)
    (told,) = (
        one["value"]
        for comment in desk.twin.store.every("comment", 10)
        for one in comment["properties"]
        if one["key"] == "deskhand.ai"
    )
    return told["ai_generated"]


def smtp(folder: Path, key: str) -> object:
    with rigs.mail(folder) as rig:
        rig.live("Refunded.", key=key)
        (letter,) = rig.raw()
    return "X-AI-Generated: true" in letter


def slack(folder: Path, key: str) -> object:
    with rigs.slack(folder) as rig:
        rig.live("Refunded.", key=key)
        assert rig.line is not None
        found: Any = rig.outlet()
        (told,) = (one for one in found._thread(outgoing(rig, key)) if "metadata" in one)
    return told["metadata"]["event_payload"]["ai_generated"]


def outgoing(rig: rigs.Rig, key: str) -> Any:
    return rig.threads.outgoing(rig.ref, "Refunded.", key)[1]


def twilio(folder: Path, key: str) -> object:
    """The words as they are: there is no other place, as the document says."""
    with rigs.twilio(folder) as rig:
        rig.live("Refunded.", key=key)
        assert rig.sent() == ["Refunded."]
    return None


WAYS: Mapping[str, Marked] = {one.__name__: one for one in (zendesk, freshdesk, jira, smtp, slack, twilio)}


def test_no_way_out_is_left_out() -> None:
    """Whatever writes to customers is an outlet or a writer on tickets; `channel` joins outlets, and is none."""
    files = {*CONNECTORS.glob("*/outlet.py"), *CONNECTORS.glob("*/ticket_writer.py")}
    assert {one.parent.name for one in files} == set(WAYS)


@pytest.mark.parametrize("way", WAYS)
def test_what_the_assistant_wrote_is_marked_and_what_an_agent_wrote_is_not(tmp_path: Path, way: str) -> None:
    told = []
    for key in (BY_AI, BY_AGENT):
        (tmp_path / key.replace("/", "-")).mkdir()
        told.append(WAYS[way](tmp_path / key.replace("/", "-"), key))
    if told == [None, None]:
        assert NO_PLACE in next(one for one in DOCUMENT.splitlines() if way in one.lower())
    else:
        assert told == [True, False]


@pytest.mark.parametrize(
    ("key", "marked"),
    [("mail/zendesk:ticket:1", True), ("proactive/renewal/stripe:customer:1/e1", True), ("code/1", False)],
)
def test_a_letter_beside_conversations_is_marked_where_it_holds_words_of_the_assistant(key: str, marked: bool) -> None:
    twin = SmtpTwin(":memory:", clock)
    mailer = SmtpMailer(lambda: Server("127.0.0.1", twin.start(), Guard.NONE), rigs.SENDER, clock, patience=0.5)
    mailer.send("ada@example.com", "Your plan", "It renews on Friday.", key=key)
    (letter,) = twin.letters()
    twin.stop()
    assert ("X-AI-Generated: true" in letter["text"]) is marked


def test_a_ticket_that_the_assistant_opens_is_marked(tmp_path: Path) -> None:
    desk = ZendeskDesk()
    ada = Requester("Ada", "ada@example.com", verified=False)
    desk.writer.create_ticket(ada, "Your plan", "It renews on Friday.", public=True, key="proactive/a/b/c")
    assert desk.twin.store.every("comment", 10)[0]["metadata"]["custom"] == {"ai_generated": True}
    assert json.dumps(desk.twin.store.every("comment", 10)).count("ai_generated") == 1

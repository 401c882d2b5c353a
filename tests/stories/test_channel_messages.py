"""Customers write by SMS, by WhatsApp and in Slack: each is answered once, where they wrote."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copytree
from typing import Any

import httpx2
import pytest
from tests.stories.asking import FOR_A_PERSON
from tests.stories.lumen import TWICE, Lumen, apart, opened

from deskhand.connectors.slack.twin import CHANNEL, SlackTwin
from deskhand.connectors.twilio.twin import TwilioTwin
from deskhand.domain.phrases import PHRASES
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Author, Ticket
from deskhand.settings import ChannelsTable, Settings, SlackTable, TwilioTable

ASKED = "How big can a CSV file be?"
Signed = tuple[dict[str, str], bytes]


def with_channels(settings: Settings) -> Settings:
    settings = apart(settings)
    twilio = TwilioTable(twin=True, door="https://desk.lumen.example/hooks/twilio")
    channels = ChannelsTable(twilio=twilio, slack=SlackTable(twin=True, channels=[CHANNEL]))
    return replace(settings, table=settings.table.model_copy(update={"channels": channels}))


@pytest.fixture(scope="module")
def lumen(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lumen]:
    with opened(copytree(prepared, tmp_path_factory.mktemp("channels") / "desk"), with_channels, finished=True) as made:
        yield made


def phone(lumen: Lumen) -> TwilioTwin:
    twin = lumen.installation.channels.twilio_twin
    assert twin is not None
    return twin


def workspace(lumen: Lumen) -> SlackTwin:
    twin = lumen.installation.channels.slack_twin
    assert twin is not None
    return twin


def deliver(lumen: Lumen, door: str, signed: Signed) -> httpx2.Response:
    answer = lumen.http.post(f"/hooks/{door}", headers=signed[0], content=signed[1])
    lumen.eventually(lumen.installation.engine.idle)
    return answer


def ticket(lumen: Lumen, text: str) -> Ticket:
    """The conversation in which this was said."""
    conversations = lumen.installation.channels.threads.conversations
    for row in lumen.installation.queries.tickets(1_000):
        if row.ticket.startswith("deskhand:"):
            found = conversations.ticket(Ref.parse(row.ticket)).value
            if any(one.text == text for one in found.messages):
                return found
    raise AssertionError("nobody said that")


@pytest.mark.parametrize("number", ["+15005550006", "whatsapp:+15005550007"])
def test_a_text_message_is_answered_once_by_another_one(lumen: Lumen, number: str) -> None:
    signed = phone(lumen).receive(number, ASKED)
    answer, again = deliver(lumen, "twilio", signed), deliver(lumen, "twilio", signed)

    for one in (answer, again):
        assert (one.status_code, one.headers["content-type"]) == (200, "text/xml; charset=utf-8")
        assert "<Message" not in one.text
    (sent,) = phone(lumen).messages(number)
    assert "CSV" in sent["body"]


def test_a_number_moves_no_money(lumen: Lumen) -> None:
    ada = lumen.customer("double_charge_small")
    deliver(lumen, "twilio", phone(lumen).receive("+15005550008", f"{TWICE} I am {ada}."))

    assert lumen.refunds(ada) == []


def test_a_forged_text_message_files_nothing(lumen: Lumen) -> None:
    headers, body = phone(lumen).receive("+15005550009", ASKED)
    answer = deliver(lumen, "twilio", (headers, body.replace(b"CSV", b"XML")))

    assert answer.status_code == 401
    assert phone(lumen).messages("+15005550009") == []


@pytest.mark.parametrize("fault", ["429", "500", "500 after", "drop before", "drop after", "cut json"])
def test_a_text_message_is_sent_once_under_every_fault(lumen: Lumen, fault: str) -> None:
    number = f"+1500556{1000 + len(phone(lumen).messages())}"
    lumen.network.trouble("twilio POST", fault)
    deliver(lumen, "twilio", phone(lumen).receive(number, ASKED))
    lumen.eventually(lambda: len(phone(lumen).messages(number)) == 1)

    assert lumen.network.met(fault)


def test_slack_proves_our_door_first(lumen: Lumen) -> None:
    answer = deliver(lumen, "slack", workspace(lumen).signed({"type": "url_verification", "challenge": "3eZb"}))

    assert (answer.status_code, answer.text) == (200, "3eZb")


def test_a_message_in_slack_is_answered_once_in_its_thread(lumen: Lumen) -> None:
    ada = lumen.customer("single_charge")
    workspace(lumen).add_user("U0ADA", "Ada", ada)
    signed = workspace(lumen).receive("U0ADA", ASKED)
    first, again = deliver(lumen, "slack", signed), deliver(lumen, "slack", signed)
    thread = workspace(lumen).thread(json.loads(signed[1])["event"]["ts"])

    assert (first.status_code, again.status_code) == (202, 200)
    assert ["CSV" in one["text"] for one in thread] == [True, True]


def test_half_a_character_in_a_message_stops_nothing(lumen: Lumen) -> None:
    """JSON can hold what no database takes."""
    workspace(lumen).add_user("U0DEE", "Dee \ud83d", "")
    signed = workspace(lumen).receive("U0DEE", f"{ASKED} \ud83d\x00", files=[{"name": "a\ud83d.png"}])

    assert deliver(lumen, "slack", signed).status_code == 202
    assert len(workspace(lumen).thread(json.loads(signed[1])["event"]["ts"])) == 2


def test_what_slack_knows_of_somebody_is_only_claimed(lumen: Lumen) -> None:
    ada = lumen.customer("double_charge_small")
    workspace(lumen).add_user("U0BOB", "Bob", ada)
    deliver(lumen, "slack", workspace(lumen).receive("U0BOB", TWICE))

    assert lumen.refunds(ada) == []


def test_a_colleague_in_the_thread_is_read_and_not_answered(lumen: Lumen) -> None:
    signed = workspace(lumen).receive("U0CY", "Where do I find how big a CSV file can be?")
    deliver(lumen, "slack", signed)
    ts = json.loads(signed[1])["event"]["ts"]
    before = len(workspace(lumen).thread(ts))
    answer = deliver(lumen, "slack", workspace(lumen).receive("U0COLLEAGUE", "I know this one.", ts))
    said: list[tuple[Any, str]] = [(one.author, one.text) for one in ticket(lumen, "I know this one.").messages]

    assert answer.json() == {"filed": False}
    assert len(workspace(lumen).thread(ts)) == before + 1
    assert said[-1] == (Author.AGENT, "I know this one.")


@pytest.mark.parametrize("language", ["de", "fr", "nl"])
def test_a_person_is_given_to_whoever_asks_by_text_message(lumen: Lumen, language: str) -> None:
    number, words = f"+1500557{1000 + len(phone(lumen).messages())}", FOR_A_PERSON[language][1]
    deliver(lumen, "twilio", phone(lumen).receive(number, words))
    (sent,) = phone(lumen).messages(number)

    assert PHRASES[language].passing_on in sent["body"]
    assert lumen.owner(str(ticket(lumen, words).ref)).startswith("queue:")


@pytest.mark.parametrize("language", ["es", "it"])
def test_a_person_is_given_to_whoever_asks_in_slack(lumen: Lumen, language: str) -> None:
    words = FOR_A_PERSON[language][1]
    signed = workspace(lumen).receive(f"U0{language.upper()}", words)
    deliver(lumen, "slack", signed)
    said = [one["text"] for one in workspace(lumen).thread(json.loads(signed[1])["event"]["ts"])]

    assert PHRASES[language].passing_on in said[-1]
    assert lumen.owner(str(ticket(lumen, words).ref)).startswith("queue:")

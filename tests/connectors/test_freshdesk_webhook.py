"""Freshdesk's unsigned calls at our door."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from deskhand.connectors.freshdesk.connector import CONNECTOR, FreshdeskTable
from deskhand.connectors.freshdesk.twin import TOKEN, FreshdeskTwin
from deskhand.connectors.freshdesk.webhook import verify
from deskhand.connectors.http.in_process import InProcess
from deskhand.connectors.manifest import Given, Verify
from deskhand.domain.errors import Forged, Malformed, Missing

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
BODY = b'{"freshdesk_webhook": {"ticket_id": 17, "triggered_event": "{reply_sent:customer}"}}'
MAYA = "maya.chen@example.com"


def received(body: bytes, token: str = "ours", secrets: tuple[str, ...] = ("ours",)) -> Any:
    return verify(secrets, {"x-deskhand-token": token}, body, NOW)


def test_a_call_with_our_token_names_its_ticket_and_is_filed_under_its_body() -> None:
    found = received(BODY)

    assert (found.source, found.ticket, found.received_at) == ("freshdesk", "freshdesk:ticket:17", NOW)
    assert found.id == hashlib.sha256(BODY).hexdigest()


def test_the_ticket_alone_is_enough() -> None:
    assert received(b'{"ticket_id": "17"}').ticket == "freshdesk:ticket:17"


def test_while_a_token_is_changed_either_is_accepted() -> None:
    assert received(BODY, "next", ("ours", "next")) == received(BODY)


@pytest.mark.parametrize("token", ["", "Ours", "ours ", "our", "ourss", "\u00f6urs"])
def test_another_token_is_a_forgery(token: str) -> None:
    with pytest.raises(Forged) as caught:
        received(BODY, token)
    assert "ours" not in str(caught.value)


@pytest.mark.parametrize("secrets", [(), ("",), ("", "")])
def test_without_a_token_of_our_own_everything_is_a_forgery(secrets: tuple[str, ...]) -> None:
    with pytest.raises(Forged):
        received(BODY, "", secrets)
    with pytest.raises(Forged):
        verify(secrets, {}, BODY, NOW)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b"{}",
        b"\xff\xfe{}",
        BODY[:-40],
        b"[" * 100_000,
        b'{"freshdesk_webhook": 5}',
        b'{"ticket_id": null}',
        b'{"ticket_id": true}',
        b'{"ticket_id": 1.5}',
        b'{"ticket_id": -1}',
        b'{"ticket_id": "../contacts/1"}',
        b'{"ticket_id": "12\\n"}',
        b'{"ticket_id": ["17"]}',
        b'{"ticket_id": "' + b"9" * 60 + b'"}',
    ],
)
def test_what_cannot_be_read_is_malformed(body: bytes) -> None:
    with pytest.raises(Malformed):
        received(body)


@pytest.fixture
def twin() -> Iterator[FreshdeskTwin]:
    twin = FreshdeskTwin(":memory:", lambda: NOW)
    yield twin
    twin.store.close()


@pytest.fixture
def door(twin: FreshdeskTwin) -> Verify:
    """As a desk has it: it reads the ticket, since the call names no message."""
    keys = twin.secrets
    given = Given(FreshdeskTable(address=twin.server), lambda name: keys[name], lambda: NOW, InProcess(twin.app))
    verify = CONNECTOR.connect(given).verify
    assert verify
    return verify


def test_the_customers_newest_message_is_named(twin: FreshdeskTwin, door: Verify) -> None:
    first = door(*twin.receive(MAYA, "Hello"), NOW)
    second = door(*twin.receive(MAYA, "Any news?", 1), NOW)
    twin.annotate(1, "I am looking.", public=True)
    again = door(*twin.receive(MAYA, "Any news?", 1), NOW)

    assert first
    assert second
    assert again
    assert [one.message for one in (first, second, again)] == ["ticket-1", "9000", "9002"]
    assert len({one.id for one in (first, second, again)}) == 3  # two of them say the same
    assert {one.channel for one in (first, second, again)} == {"email"}


def test_the_same_call_once_more_is_the_same_delivery(twin: FreshdeskTwin, door: Verify) -> None:
    call = twin.receive(MAYA, "Hello")

    assert door(*call, NOW) == door(*call, NOW)


def test_a_ticket_without_a_word_of_its_customer_wakes_nobody(twin: FreshdeskTwin, door: Verify) -> None:
    headers, body = twin.receive(MAYA, "We would like to ask you.", source=10)  # an agent wrote first

    assert door(headers, body, NOW) is None


def test_a_ticket_that_is_gone_is_missing(twin: FreshdeskTwin, door: Verify) -> None:
    with pytest.raises(Missing):
        door({"x-deskhand-token": TOKEN}, json.dumps({"ticket_id": 404}).encode(), NOW)


def test_a_forged_call_reads_nothing(twin: FreshdeskTwin, door: Verify) -> None:
    twin.limit = 0  # any call would be too many
    with pytest.raises(Forged):
        door({"x-deskhand-token": "forged"}, BODY, NOW)

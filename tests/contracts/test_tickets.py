"""Reading and writing tickets: our client, the twin and Zendesk's document agree."""

import json
from typing import Any

import httpx2
import pytest
from tests.contracts import rigs
from tests.contracts.rigs import Desk

from deskhand.connectors.zendesk import twin as zendesk
from deskhand.connectors.zendesk.webhook import verify
from deskhand.domain.errors import Invalid
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Author
from deskhand.ports.reads import TicketDesk
from deskhand.ports.writes import TicketWriter


def opened(desk: Desk, email: str = "maya.chen@example.com", text: str = "I was charged twice.") -> Ref:
    """A customer's new ticket, as its webhook names it."""
    headers, body = desk.twin.receive(email, text)
    delivery = verify([zendesk.SECRET], headers, body, desk.twin.clock())
    assert delivery is not None
    return Ref.parse(delivery.ticket)


def test_the_connector_plays_its_two_roles(desk: Desk) -> None:
    tickets: TicketDesk = desk.tickets
    writer: TicketWriter = desk.writer

    assert {tickets.system, writer.system} == {"zendesk"}


def test_the_webhook_names_the_message_that_is_on_the_ticket(desk: Desk) -> None:
    headers, body = desk.twin.receive("maya.chen@example.com", "Hello")
    delivery = verify([zendesk.SECRET], headers, body, desk.twin.clock())

    assert delivery is not None
    assert [one.id for one in desk.tickets.ticket(Ref.parse(delivery.ticket)).value.messages] == [delivery.message]


def test_a_reply_leaves_what_others_tagged(desk: Desk) -> None:
    ref = opened(desk)
    desk.writer.reply(ref, "One", public=True, key="reply/1")
    desk.writer.reply(ref, "Two", public=True, key="reply/2")

    assert len(desk.tickets.ticket(ref).value.tags) == 2
    assert desk.writer.find_effect(ref, key="reply/1") is not None
    assert desk.writer.find_effect(ref, key="reply/2") is not None
    assert desk.writer.find_effect(ref, key="reply/3") is None


def test_an_address_is_verified_by_its_own_identity_alone() -> None:
    """Zendesk calls a user verified when any identity is, but what counts is the address they write from."""
    mail = {"user_id": 1000, "type": "email", "value": "maya.chen@example.com", "verified": False}
    others = [
        {"user_id": 1000, "type": "phone_number", "value": "+15005550006", "verified": True},
        {"user_id": 1000, "type": "email", "value": "another@example.com", "verified": True},
    ]
    desk = rigs.desk(lambda inner: Replaced(inner, {"identities": [mail, *others]}))

    assert not desk.tickets.ticket(opened(desk)).value.requester.verified
    desk.twin.store.close()


@pytest.mark.parametrize("flag", [0, 2, 3, 11, 99])
def test_a_comment_that_zendesk_doubts_is_not_vouched_for(desk: Desk, flag: int) -> None:
    """Not signed in, no part of the conversation, on behalf of the author, or for a reason that we do not know."""
    ref = opened(desk)
    desk.twin.receive("maya.chen@example.com", "It is me.", int(ref.id), flags=[flag])
    first, second = desk.tickets.ticket(ref).value.messages

    assert (first.vouched, second.vouched) == (True, False)
    assert second.author is Author.CUSTOMER


@pytest.mark.parametrize("flag", [4, 5])
def test_a_flag_that_says_nothing_of_the_author_changes_nothing(desk: Desk, flag: int) -> None:
    ref = opened(desk)
    desk.twin.receive("maya.chen@example.com", "It is me.", int(ref.id), flags=[flag])

    assert desk.tickets.ticket(ref).value.messages[-1].vouched


def test_what_an_agent_opened_for_somebody_is_not_vouched_for_and_what_they_write_later_is(desk: Desk) -> None:
    """By hand or by forwarding a mail: anybody can have written that."""
    headers, body = desk.twin.receive("maya.chen@example.com", "Fwd: I was charged twice.", agent=2)
    delivery = verify([zendesk.SECRET], headers, body, desk.twin.clock())
    assert delivery is not None
    ref = Ref.parse(delivery.ticket)
    desk.twin.receive("maya.chen@example.com", "Any news?", int(ref.id))

    assert [one.vouched for one in desk.tickets.ticket(ref).value.messages] == [False, True]


def test_a_ticket_that_lacks_what_we_rely_on_is_no_ticket() -> None:
    desk = rigs.desk(lambda inner: Replaced(inner, {"comments": [{"id": 1, "type": "Comment"}]}))
    with pytest.raises(Invalid):
        desk.tickets.ticket(opened(desk))
    desk.twin.store.close()


class Replaced(httpx2.BaseTransport):
    """Another answer wherever the twin's has this field."""

    def __init__(self, inner: httpx2.BaseTransport, instead: dict[str, Any]):
        self.inner, self.instead = inner, instead

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        response = self.inner.handle_request(request)
        body = json.loads(response.read())
        return httpx2.Response(200, json=self.instead) if set(self.instead) <= set(body) else response

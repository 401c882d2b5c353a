"""Conversations we host: read like a help desk, and answered exactly once for each key."""

import pytest
import sqlalchemy as sa
from tests.storage.values import NOW

from deskhand.domain.errors import Invalid, Missing
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Author, Message, Requester, Status
from deskhand.infrastructure.storage.conversations import Conversations
from deskhand.ports.reads import TicketDesk


@pytest.fixture
def conversations(database: sa.Engine) -> Conversations:
    return Conversations(database, clock=lambda: NOW, clean=lambda text: text.replace("hunter2", "[secret]"))


@pytest.fixture
def talk(conversations: Conversations) -> Ref:
    return conversations.open("t1", "ada@example.com", name="Ada", verified=True, subject="Hello", channel="chat")


def test_a_conversation_reads_like_a_ticket(conversations: Conversations, talk: Ref) -> None:
    assert conversations.say(talk, "m1", "I was charged twice.")
    receipt = conversations.reply(talk, "Let me look.", public=True, key="reply/t1/m1")
    desk: TicketDesk = conversations
    read = desk.ticket(talk)
    assert (read.source, read.read_at, read.value.ref) == ("deskhand", NOW, Ref("deskhand", "ticket", "t1"))
    assert read.value.requester == Requester("Ada", "ada@example.com", True)
    assert read.value.messages == (
        Message("m1", Author.CUSTOMER, True, "I was charged twice.", NOW),
        Message(receipt.id, Author.ASSISTANT, True, "Let me look.", NOW),
    )


def test_what_a_customer_must_not_have_written_is_not_kept(conversations: Conversations) -> None:
    talk = conversations.open("t2", "ada@example.com", name="Ada", verified=True, subject="hunter2?", channel="chat")
    conversations.say(talk, "m2", "it is hunter2")
    conversations.say(talk, "m3", "hunter2 is what an agent wrote", author=Author.AGENT)
    read = conversations.ticket(talk).value
    assert read.subject == "[secret]?"
    assert [one.text for one in read.messages] == ["it is [secret]", "hunter2 is what an agent wrote"]


def test_opening_a_conversation_again_changes_nothing(conversations: Conversations, talk: Ref) -> None:
    again = conversations.open("t1", "eve@example.com", name="Eve", verified=True, subject="", channel="chat")
    assert again == talk
    assert conversations.ticket(talk).value.requester.name == "Ada"


def test_a_message_with_the_same_id_is_said_once(conversations: Conversations, talk: Ref) -> None:
    assert conversations.say(talk, "m1", "Hello?")
    assert not conversations.say(talk, "m1", "Hello?")
    assert len(conversations.ticket(talk).value.messages) == 1


def test_a_reply_with_the_same_key_is_given_once(conversations: Conversations, talk: Ref) -> None:
    first = conversations.reply(talk, "Done.", public=True, key="reply/t1/m1")
    second = conversations.reply(talk, "Done again.", public=True, key="reply/t1/m1")
    assert first == second == conversations.find_effect(talk, key="reply/t1/m1")
    assert [message.text for message in conversations.ticket(talk).value.messages] == ["Done."]


def test_an_effect_that_did_not_happen_is_not_found(conversations: Conversations, talk: Ref) -> None:
    assert conversations.find_effect(talk, key="reply/t1/m1") is None


def test_a_note_stays_among_agents(conversations: Conversations, talk: Ref) -> None:
    conversations.reply(talk, "Looks like fraud.", public=False, key="note/t1/m1")
    assert [message.public for message in conversations.ticket(talk).value.messages] == [False]


def test_an_unknown_conversation_is_missing(conversations: Conversations) -> None:
    nowhere = Ref("deskhand", "ticket", "t9")
    with pytest.raises(Missing):
        conversations.ticket(nowhere)
    with pytest.raises(Missing):
        conversations.say(nowhere, "m1", "Hello?")
    with pytest.raises(Missing):
        conversations.reply(nowhere, "Hello!", public=True, key="reply/t9/m1")


def test_what_a_conversation_does_not_have_cannot_be_changed(conversations: Conversations, talk: Ref) -> None:
    """It is said plainly, and nothing is pretended: a plan that needs a help desk fails here."""
    before = conversations.ticket(talk).value
    with pytest.raises(Invalid, match="A conversation"):
        conversations.update_ticket(talk, status=Status.SOLVED, key="update/1")
    with pytest.raises(Invalid, match="A conversation"):
        conversations.add_tags(talk, ["vip"], key="tags/1")
    with pytest.raises(Invalid, match="A conversation"):
        conversations.remove_tags(talk, ["vip"], key="tags/2")
    with pytest.raises(Invalid, match="A conversation"):
        conversations.create_ticket(before.requester, "Hello", "Text", public=True, key="ticket/1")

    assert conversations.ticket(talk).value == before
    assert conversations.find_ticket(key="ticket/1") is None

"""Conversations of channels: which one a message belongs to, and what is noted of a reply on its way out."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from tests.storage.values import NOW

from deskhand.domain.attachment import Attachment
from deskhand.domain.errors import Missing
from deskhand.domain.incoming import Incoming
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Author, Requester
from deskhand.infrastructure.storage.conversations import Conversations
from deskhand.infrastructure.storage.threads import SqlThreads

ADA, EVE = Requester("Ada", "ada@example.com", False), Requester("Eve", "eve@example.com", False)
FIRST = Incoming("email", "<1@a>", ADA, "Hello", subject="Hi hunter2", outer="<1@a>", vouched=True)


@pytest.fixture
def threads(database: sa.Engine) -> SqlThreads:
    return SqlThreads(Conversations(database, lambda: NOW, lambda text: text.replace("hunter2", "[secret]")))


def said(threads: SqlThreads, incoming: Incoming, message: str = "") -> Ref:
    message = message or f"c_{incoming.id}"
    ref = threads.conversation_of(incoming, message, NOW)
    threads.keep(ref, message, incoming.text, incoming, author=Author.CUSTOMER, public=True)
    return ref


def test_an_answer_belongs_to_the_conversation_that_holds_what_it_answers(threads: SqlThreads) -> None:
    first = said(threads, FIRST)
    answer = replace(FIRST, id="<2@a>", outer="<2@a>", answers=("<unknown@a>", "<1@a>"))

    assert said(threads, answer) == first
    assert said(threads, replace(answer, id="<3@a>", answers=())) != first


def test_a_repeated_message_belongs_where_it_was(threads: SqlThreads) -> None:
    assert said(threads, FIRST) == said(threads, FIRST)
    assert len(threads.conversations.ticket(said(threads, FIRST)).value.messages) == 1


def test_nobody_answers_into_the_conversation_of_another(threads: SqlThreads) -> None:
    first = said(threads, FIRST)
    stranger = replace(FIRST, id="<2@a>", requester=EVE, answers=("<1@a>",), token=first.id)

    assert said(threads, stranger) != first


def test_our_own_token_names_a_conversation_of_the_same_channel_only(threads: SqlThreads) -> None:
    first = said(threads, FIRST)

    assert said(threads, replace(FIRST, id="<2@a>", token=first.id)) == first
    assert said(threads, replace(FIRST, id="<3@a>", channel="sms", token=first.id)) != first


def test_whoever_writes_after_the_quiet_time_begins_anew(threads: SqlThreads) -> None:
    text = Incoming("sms", "SM1", replace(ADA, phone="+15005550006"), "Hello", thread="a b", quiet=timedelta(days=3))
    first, again = said(threads, text), replace(text, id="SM2")

    assert threads.known(again, "c_SM2", NOW + timedelta(days=2)) == first
    assert threads.known(again, "c_SM2", NOW + timedelta(days=4)) is None
    assert threads.known(text, "c_SM1", NOW + timedelta(days=4)) == first


def test_in_a_shared_thread_others_write_beside_the_requester(threads: SqlThreads) -> None:
    ours = replace(FIRST, channel="slack", thread="T/C/1", shared=True, route={"user": "U1"})
    theirs = replace(ours, id="Ev2", requester=EVE, route={"user": "U2"})
    first = said(threads, ours)

    assert said(threads, theirs) == first
    assert threads.author(first, ours) is Author.CUSTOMER
    assert threads.author(first, replace(ours, requester=replace(ADA, email=""))) is Author.CUSTOMER
    assert threads.author(first, theirs) is Author.AGENT


def test_what_the_channel_said_of_a_message_is_kept_clean(threads: SqlThreads) -> None:
    told = replace(
        FIRST, attachments=(Attachment("a.pdf", "application/pdf", 7, "1 <a@b>"),), original="hunter2", vouched=False
    )
    ticket = threads.conversations.ticket(said(threads, told)).value

    assert ticket.subject == "Hi [secret]"
    assert ticket.messages[0].attachments == told.attachments
    assert not ticket.messages[0].vouched


def test_a_reply_is_noted_while_nobody_knows_and_forgotten_when_it_is_said(threads: SqlThreads) -> None:
    ref = said(threads, FIRST)
    channel, letter = threads.outgoing(ref, "Done.", "reply/1")

    assert (channel, letter.before, letter.to.email) == ("email", ("<1@a>",), "ada@example.com")
    assert threads.sending(ref, "reply/1") is None
    threads.begin_sending(letter)
    threads.begin_sending(replace(letter, text="Another."))
    assert threads.sending(ref, "reply/1") == (channel, letter)
    receipt = threads.sent(ref, "Done.", public=True, key="reply/1", outer="<9@us>")
    assert threads.sending(ref, "reply/1") is None
    assert threads.find_effect(ref, key="reply/1") == receipt
    assert threads.outgoing(ref, "", "reply/2")[1].before == ("<1@a>", "<9@us>")
    assert threads.replies_since(ref, NOW - timedelta(hours=1)) == 1
    assert threads.replies_since(ref, NOW + timedelta(hours=1)) == 0


def test_a_reply_in_no_conversation_has_no_way_out(threads: SqlThreads) -> None:
    with pytest.raises(Missing):
        threads.outgoing(Ref("deskhand", "ticket", "gone"), "Done.", "reply/1")


def test_a_cursor_moves(threads: SqlThreads) -> None:
    assert threads.cursor("email") == ""
    threads.move("email", "1 2")
    threads.move("email", "1 3")
    assert (threads.cursor("email"), threads.cursor("other")) == ("1 3", "")

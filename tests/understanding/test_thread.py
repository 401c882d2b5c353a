"""The thread before a message is bounded, keeps the beginning and the end, and is masked."""

from datetime import UTC, datetime, timedelta

from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Author, Message, Requester, Status, Ticket
from deskhand.understanding.thread import ALL, LONGEST, MOST, new_words, thread_before

START = datetime(2026, 11, 3, tzinfo=UTC)


def ticket(*texts: str, author: Author = Author.CUSTOMER, public: bool = True) -> Ticket:
    messages = tuple(
        Message(f"m{n}", author, public, text, START + timedelta(minutes=n // 2)) for n, text in enumerate(texts)
    )
    requester = Requester("Ada", "ada@example.com", True)
    return Ticket(Ref("zendesk", "ticket", "7"), "", Status.OPEN, "email", requester, frozenset(), "1", START, messages)


def test_messages_before_are_told_in_their_order_and_masked() -> None:
    read = ticket("my password is hunter2", "thanks", "bye")

    thread = thread_before(read, read.messages[2])

    assert [one.text for one in thread.said] == ["my password is [secret]", "thanks"]
    assert thread.left_out == 0


def test_a_message_of_the_same_second_was_said_before_when_it_stands_before() -> None:
    read = ticket("first", "second")

    assert read.messages[0].sent_at == read.messages[1].sent_at
    assert [one.text for one in thread_before(read, read.messages[1]).said] == ["first"]


def test_notes_among_agents_are_not_part_of_it() -> None:
    read = ticket("for agents only", "hello", public=False)

    assert thread_before(read, read.messages[1]).said == ()


def test_of_many_messages_the_first_and_the_last_are_kept() -> None:
    read = ticket(*(f"message {n}" for n in range(60)))

    thread = thread_before(read, read.messages[59])

    assert len(thread.said) == MOST
    assert (thread.said[0].text, thread.said[-1].text) == ("message 0", "message 58")
    assert thread.left_out == 59 - MOST


def test_long_messages_have_room_together_and_the_first_stays() -> None:
    read = ticket("what it is about", *(f"{n} " + "long words " * 400 for n in range(18)), "now")

    thread = thread_before(read, read.messages[-1])

    assert thread.said[0].text == "what it is about"
    assert thread.said[-1].text.startswith("17 ")
    assert sum(len(one.text) for one in thread.said) <= ALL
    assert all(len(one.text) <= LONGEST for one in thread.said)
    assert thread.left_out == 19 - len(thread.said) > 0


def test_a_message_is_read_without_its_quotation_of_the_thread() -> None:
    read = ticket("Where is my order?", "It is 5521.\n\n> Where is my order?")

    assert new_words(read, read.messages[1]).strip() == "It is 5521."

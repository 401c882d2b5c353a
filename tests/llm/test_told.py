"""What a model is told of a message, as text."""

from datetime import UTC, datetime

from deskhand.domain.thread import Said, Thread
from deskhand.domain.ticket import Author
from deskhand.infrastructure.llm.conversation import conversation

AT = datetime(2026, 3, 4, 10, 59, 58, tzinfo=UTC)


def said(*texts: str, left_out: int = 0) -> str:
    return conversation(Thread(tuple(Said(Author.CUSTOMER, text, AT) for text in texts), left_out=left_out))


def test_missing_messages_are_told_where_they_are_missing() -> None:
    lines = said("It began so.", "And then?", "Hello?", left_out=7).splitlines()
    places = [next(n for n, line in enumerate(lines) if part in line) for part in ("began", "7 messages", "then?")]
    assert places == sorted(places)
    assert places[2] - places[0] == 2


def test_when_only_the_first_had_room_the_missing_ones_come_after_it() -> None:
    assert said("It began so.", left_out=3).index("began") < said("It began so.", left_out=3).index("3 messages")


def test_nothing_is_told_as_missing_when_nothing_is() -> None:
    assert "left out" not in said("It began so.", "And then?")

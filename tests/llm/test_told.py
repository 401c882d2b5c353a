"""What a model is told of a message, as text."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from deskhand.domain.finding import Finding, Value
from deskhand.domain.thread import Said, Thread
from deskhand.domain.ticket import Author
from deskhand.infrastructure.llm.conversation import conversation
from deskhand.infrastructure.llm.told import finding_text

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


def test_a_look_up_made_again_in_another_minute_reads_the_same() -> None:
    """Where it began to look moves with the clock; what it found does not."""
    row: dict[str, Value] = {"charge": "ch_1", "created": AT - timedelta(days=3)}
    found = Finding("billing.charges", {"since": AT - timedelta(days=60)}, (row,), "stripe", AT)
    later = timedelta(minutes=9)
    again = replace(found, fields={"since": AT - timedelta(days=60) + later}, read_at=AT + later)
    assert finding_text(again) == finding_text(found)
    assert "since = 2026-01-03" in finding_text(found)
    assert "and others" not in finding_text(found)
    assert "and others, nobody knows how many" in finding_text(replace(found, more=True))
    assert "created 2026-03-01 10:59 UTC" in finding_text(found)

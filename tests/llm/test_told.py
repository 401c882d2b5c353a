"""What a model is told of a message, as text."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tests.procedures.world import loaded

from deskhand.domain.article import Hit, Passage
from deskhand.domain.customer import Unknown
from deskhand.domain.dossier import Dossier
from deskhand.domain.finding import Finding, Value
from deskhand.domain.thread import Said, Thread
from deskhand.domain.ticket import Author
from deskhand.domain.understanding import Sentiment, Understanding, Urgency
from deskhand.infrastructure.llm.conversation import conversation
from deskhand.infrastructure.llm.table import Table
from deskhand.infrastructure.llm.told import ROOM, case, finding_text
from deskhand.ports.reasoning import Brief
from deskhand.procedures.procedure import Procedure

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


def passages(count: int) -> list[Hit]:
    """The later, the less they fit, but for the first, which fits least of all."""
    return [
        Hit(Passage(f"a/{n}", f"Title {n}", "", f"Words of {n}. " * 100, "", 0), 0.1 if n == 0 else 1 - n / 100, 0.5)
        for n in range(count)
    ]


def told(table: Table, message: str, procedures: tuple[Procedure, ...] = ()) -> str:
    understanding = Understanding("en", (), Sentiment.CALM, Urgency.NORMAL, (), wants_human=False)
    brief = Brief(message, understanding, Dossier(Unknown(), (), ()), procedures, {})
    return case(brief, table, company="Lumen", today=AT)


def test_what_fits_least_is_left_out_of_a_case_that_is_too_long() -> None:
    table = Table()
    table.read(passages(20))
    text = told(table, "How?")
    assert ROOM - 2_000 < len(text) <= ROOM
    left = [one.source for one in table.passages]
    assert left == [f"a/{n}" for n in range(1, len(left) + 1)]
    assert f"<data passage S{len(left)} {left[-1]}>" in text
    assert table.passage(f"S{len(left) + 1}") is None, "a model cannot cite what it was not shown"


def test_of_a_case_that_is_short_nothing_is_left_out() -> None:
    table = Table()
    table.read(passages(5))
    assert told(table, "How?").count("<data passage") == 5


def test_steps_that_may_not_be_meant_go_before_a_message_does() -> None:
    table = Table()
    table.read(passages(3))
    known = loaded()
    text = told(table, "w" * 8_000, (known,) * 20)
    assert "w" * 8_000 in text
    assert text.count("its steps are left out") > 0
    assert f"Procedure {known.id}" in text
    assert len(table.passages) == 1

"""What visitors of the company's own site leave beside messages, on both databases."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from tests.storage.values import NOW

from deskhand.domain.errors import Missing, TooLarge
from deskhand.domain.visit import Rating, SentFile
from deskhand.infrastructure.storage.database import exclusive
from deskhand.infrastructure.storage.visits import SentFiles, SqlVisits

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


@pytest.fixture
def visits(database: sa.Engine) -> Iterator[SqlVisits]:
    with exclusive(database) as connection:
        yield SqlVisits(connection)


def sent(id: str, ticket: str = "t1", message: str = "") -> SentFile:
    return SentFile(id, ticket, message, "bill.png", "image/png", 3, NOW)


def test_as_many_come_as_may_and_the_next_one_hears_since_when(visits: SqlVisits) -> None:
    for number in range(3):
        assert visits.come("ada", NOW + number * SECOND, NOW - MINUTE, 3) is None
    assert visits.come("ada", NOW + 3 * SECOND, NOW - MINUTE, 3) == NOW
    assert visits.come("bob", NOW + 3 * SECOND, NOW - MINUTE, 3) is None
    assert visits.come("ada", NOW + 3 * SECOND, NOW, 3) is None  # the first one is over a minute ago by then


def test_a_conversation_has_one_rating(visits: SqlVisits) -> None:
    assert visits.rate(Rating("t1", 5, "", NOW))
    assert not visits.rate(Rating("t1", 1, "no", NOW))
    assert visits.rating("t1") == Rating("t1", 5, "", NOW)
    assert visits.rating("t2") is None


@pytest.mark.parametrize("score", [0, 6, -1])
def test_a_score_is_one_to_five(score: int) -> None:
    with pytest.raises(ValueError, match="1 to 5"):
        Rating("t1", score, "", NOW)


def test_a_file_hangs_on_one_message_of_its_own_conversation(visits: SqlVisits) -> None:
    assert visits.keep(sent("f1"), b"abc")
    assert not visits.keep(sent("f1"), b"xyz")
    assert visits.attach("t2", ["f1"], "m9") == []
    assert [one.message for one in visits.attach("t1", ["f1"], "m1")] == ["m1"]
    assert [one.message for one in visits.attach("t1", ["f1"], "m1")] == ["m1"]
    assert visits.attach("t1", ["f1"], "m2") == []


def test_a_file_that_nobody_attached_is_erased_after_a_day(visits: SqlVisits) -> None:
    visits.keep(sent("left"), b"abc")
    visits.keep(sent("sent"), b"abc")
    visits.attach("t1", ["sent"], "m1")
    visits.keep(SentFile("later", "t1", "", "a.png", "image/png", 3, NOW + timedelta(days=2)), b"abc")
    assert [one.id for one in visits.files("t1")] == ["sent", "later"]


def test_a_file_is_fetched_within_its_limit(database: sa.Engine) -> None:
    with exclusive(database) as connection:
        SqlVisits(connection).keep(sent("f1"), b"abc")
    files = SentFiles(database)
    assert files.fetch("f1", 3) == b"abc"
    with pytest.raises(TooLarge):
        files.fetch("f1", 2)
    with pytest.raises(Missing):
        files.fetch("f2", 3)

"""The journal holds no address and no words of anybody; who reads it sees them while they are kept."""

import json
from datetime import UTC, datetime

import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from deskhand.domain.journal_line import Verified
from deskhand.infrastructure.storage.apart import ERASED, WORDS
from deskhand.infrastructure.storage.journal import SqlJournal, lines, verify
from deskhand.infrastructure.storage.tables import metadata
from deskhand.infrastructure.storage.tables.journal import journal
from deskhand.infrastructure.storage.tables.privacy import apart

NOW = datetime(2026, 11, 28, tzinfo=UTC)
ADDRESSES = ("Quag.Mire@example.org", "+49 170 5554433")
GIVEN = "Brackenford"
plain = st.recursive(
    st.text("abc @+:/~", max_size=12) | st.integers() | st.booleans() | st.none() | st.sampled_from(ADDRESSES),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abcd", min_size=1), inner, max_size=3),
    max_leaves=8,
)
bodies = st.dictionaries(st.sampled_from(["customer", "facts", "key", "message", "id"]), plain, max_size=4)
kinds = st.sampled_from([*WORDS, "policy.asked", "policy.decided", "message.ended", "effect.reserved"]) | st.text(
    "abc."
)


def empty() -> sa.Engine:
    database = sa.create_engine("sqlite://")
    metadata.create_all(database, [journal, apart])
    return database


@given(kinds, bodies, st.sampled_from(ADDRESSES), st.text("abc:", max_size=5))
def test_whatever_is_written_the_line_holds_no_address(
    kind: str, body: dict[str, object], address: str, before: str
) -> None:
    with empty().connect() as connection:
        whole = body | {"where": f"{before} {address}", "in": [{"it": address}]}
        SqlJournal(connection).append(kind, "a:ticket:1", whole, NOW)
        (kept,) = connection.scalars(sa.select(journal.c.body))
        assert not [one for one in ADDRESSES if one in kept]
        assert lines(connection)[0].body == whole
        assert isinstance(verify(connection), Verified)


@given(st.sampled_from([(kind, key) for kind, keys in WORDS.items() for key in sorted(keys)]))
def test_words_are_read_until_they_are_erased_and_the_chain_holds(named: tuple[str, str]) -> None:
    kind, key = named
    with empty().connect() as connection:
        SqlJournal(connection).append(kind, "a:ticket:1", {key: GIVEN, "n": 1}, NOW)
        assert GIVEN not in json.dumps(list(connection.scalars(sa.select(journal.c.body))))
        assert lines(connection)[0].body[key] == GIVEN
        connection.execute(sa.delete(apart).where(apart.c.about == "a:ticket:1"))
        assert lines(connection)[0].body == {key: ERASED, "n": 1}
        assert isinstance(verify(connection), Verified)


def test_two_people_stay_two_when_both_are_erased() -> None:
    with empty().connect() as connection:
        log = SqlJournal(connection)
        for one in ("a@example.org", "b@example.org", "a@example.org"):
            log.append("message.ended", "a:ticket:1", {"customer": f"records:customer:{one}"}, NOW)
        connection.execute(sa.delete(apart))
        first, second, third = (one.body["customer"] for one in lines(connection))
    assert first == third != second

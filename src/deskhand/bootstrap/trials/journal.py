"""A made-up journal, written as fast as a disk takes it: for databases that are thrown away."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import islice

import sqlalchemy as sa

from deskhand.domain.digest import canonical
from deskhand.infrastructure.storage import journal as journal_of
from deskhand.infrastructure.storage.database import exclusive

AT_ONCE = 10_000  # lines in one transaction
Line = tuple[datetime, str, str, Mapping[str, object]]  # when, kind, ticket, body


def fill_journal(database: sa.Engine, lines: Iterable[Line]) -> int:
    """Of an empty one, chained as `SqlJournal` does, and with nobody's name in it; the number of lines."""
    count, link, left = 0, journal_of.FIRST, iter(lines)
    while part := list(islice(left, AT_ONCE)):
        rows = []
        for at, kind, ticket, body in part:
            text, count = canonical(body), count + 1
            link = journal_of.chained(link, count, at, kind, ticket, text)
            rows.append({"seq": count, "at": at, "kind": kind, "ticket": ticket, "body": text, "hash": link})
        with exclusive(database) as connection:
            connection.execute(journal_of.INSERT, rows)
    return count

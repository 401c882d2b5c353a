"""The journal's lines about access, each sealed with the desk's secret as those about stages are."""

import hmac
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from pydantic_core import to_jsonable_python

from deskhand.domain.digest import canonical
from deskhand.domain.journal_line import Broken, JournalLine
from deskhand.infrastructure.storage.columns import written
from deskhand.infrastructure.storage.database import insert
from deskhand.infrastructure.storage.journal import SqlJournal
from deskhand.infrastructure.storage.tables import journal, stage_head

HEAD_OF_ACCESS = 2  # its row in `stage_head`; the first is that of the stages
OURS = sa.and_(journal.c.kind >= "access.", journal.c.kind < "access/")


def append_access(connection: sa.Connection, secret: bytes, kind: str, body: Mapping[str, object], at: datetime) -> int:
    """One line more, in a transaction that runs alone."""
    seq, seal = _head(connection)
    plain = {**to_jsonable_python(body), "after": seq}
    new = _sealed(secret, seal, kind, at, plain)
    number = SqlJournal(connection).append(kind, "", {**plain, "seal": new}, at)
    row = {"number": HEAD_OF_ACCESS, "seq": number, "seal": new}
    head = insert(connection, stage_head).values(row)
    connection.execute(head.on_conflict_do_update(index_elements=["number"], set_=row))
    return number


def access_lines(connection: sa.Connection, secret: bytes) -> Sequence[JournalLine] | Broken:
    """Every line about access, in order, or the first that was not written by this desk."""
    last, seal = 0, ""
    found: list[JournalLine] = []
    for line in _lines(connection):
        plain = {key: value for key, value in line.body.items() if key != "seal"}
        right = _sealed(secret, seal, line.kind, line.at, plain)
        if plain.get("after") != last or not hmac.compare_digest(right, str(line.body.get("seal"))):
            return Broken(line.seq, "the line about access does not fit its seal and the line before it")
        last, seal = line.seq, right
        found.append(line)
    if _head(connection) != (last, seal):
        return Broken(last, "the row stage_head does not name the newest line about access")
    return found


def _lines(connection: sa.Connection) -> Iterator[JournalLine]:
    for row in connection.execute(sa.select(journal).where(OURS).order_by(journal.c.seq)):
        yield JournalLine(row.seq, row.at, row.kind, row.ticket, json.loads(row.body), row.hash)


def _head(connection: sa.Connection) -> tuple[int, str]:
    wanted = sa.select(stage_head.c.seq, stage_head.c.seal).where(stage_head.c.number == HEAD_OF_ACCESS)
    row = connection.execute(wanted).one_or_none()
    return (0, "") if row is None else (row.seq, row.seal)


def _sealed(secret: bytes, before: str, kind: str, at: datetime, body: Mapping[str, object]) -> str:
    text = canonical([before, kind, written(at), body])
    return hmac.digest(secret, b"access " + text.encode(), "sha256").hex()

"""The journal's lines about stages, each sealed with the desk's secret, and the stage that customers saw lately."""

import hmac
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from pydantic_core import to_jsonable_python

from deskhand.domain.digest import canonical
from deskhand.domain.journal_line import Broken, JournalLine
from deskhand.domain.sighting import Sighting
from deskhand.domain.stage import Stage
from deskhand.infrastructure.storage.columns import written
from deskhand.infrastructure.storage.database import insert
from deskhand.infrastructure.storage.tables import journal, stage_head, stage_seen
from deskhand.ports.store import Journal

NO_TICKET = ""


@dataclass(frozen=True)
class Proved:
    """Lines whose seals were proved, up to the one with this number and seal."""

    seq: int = 0
    seal: str = ""
    lines: tuple[JournalLine, ...] = ()


NOTHING = Proved()
OURS = sa.and_(journal.c.kind >= "rollout.", journal.c.kind < "rollout/")
LINES = sa.select(journal).where(OURS, journal.c.seq > sa.bindparam("after")).order_by(journal.c.seq)
HEAD = sa.select(stage_head.c.seq, stage_head.c.seal).where(stage_head.c.number == 1)


class SqlStages:
    """See `ports.store.Stages`. A seal covers its line and the seal before it, so that nobody without the secret can
    change, add or leave out a line; `stage_head` names the newest, so that none is cut off by one hand. `proved`: what
    was proved before is not read again."""

    def __init__(self, connection: sa.Connection, lines: Journal, secret: bytes, proved: Proved = NOTHING):
        self.connection, self.lines, self.secret, self.proved = connection, lines, secret, proved

    def changes(self) -> Sequence[JournalLine] | Broken:
        found = prove(self.connection, self.secret, self.proved)
        if isinstance(found, Broken):
            return found
        self.proved = found
        return found.lines

    def append(self, kind: str, body: Mapping[str, object], at: datetime) -> int:
        seq, seal = self._head()
        plain = {**to_jsonable_python(body), "after": seq}
        new = sealed(self.secret, seal, kind, at, plain)
        number = self.lines.append(kind, NO_TICKET, {**plain, "seal": new}, at)
        row = {"number": 1, "seq": number, "seal": new}
        head = insert(self.connection, stage_head).values(row)
        self.connection.execute(head.on_conflict_do_update(index_elements=["number"], set_=row))
        return number

    def seen(self, keys: Collection[str], procedure: str, since: datetime) -> Sequence[Sighting]:
        wanted = sa.select(stage_seen.c.stage, stage_seen.c.slot, stage_seen.c.at).where(
            stage_seen.c.who.in_(keys), stage_seen.c.procedure == procedure, stage_seen.c.at > since
        )
        rows = self.connection.execute(wanted.order_by(stage_seen.c.at.desc()))
        return [Sighting(Stage(row.stage), row.slot, row.at) for row in rows]

    def see(self, keys: Collection[str], procedure: str, sighting: Sighting) -> None:
        seen = {"stage": str(sighting.stage), "slot": sighting.slot, "at": sighting.at}
        for key in sorted(keys):
            new = insert(self.connection, stage_seen).values({"who": key, "procedure": procedure, **seen})
            self.connection.execute(new.on_conflict_do_update(index_elements=["who", "procedure"], set_=seen))

    def forget(self, before: datetime) -> None:
        self.connection.execute(sa.delete(stage_seen).where(stage_seen.c.at < before))

    def _head(self) -> tuple[int, str]:
        row = self.connection.execute(HEAD).one_or_none()
        return (0, "") if row is None else (row.seq, row.seal)


def sealed_lines(connection: sa.Connection, secret: bytes) -> Sequence[JournalLine] | Broken:
    """Every line about stages, in order, each proved anew; or the first that was not written by this desk."""
    found = prove(connection, secret, NOTHING)
    return found if isinstance(found, Broken) else found.lines


def prove(connection: sa.Connection, secret: bytes, known: Proved) -> Proved | Broken:
    """What is known with the lines behind it, or the first of these that was not written by this desk."""
    row = connection.execute(HEAD).one_or_none()
    head = (row.seq, row.seal) if row else (0, "")
    if head == (known.seq, known.seal) and known is not NOTHING:
        return known
    last, seal, found = known.seq, known.seal, list(known.lines)
    for row in connection.execute(LINES, {"after": known.seq}):
        try:
            body = json.loads(row.body)
            plain = {key: value for key, value in body.items() if key != "seal"}
            right = sealed(secret, seal, row.kind, row.at, plain)
            whole = plain["after"] == last and hmac.compare_digest(right, str(body["seal"]))
        except (ValueError, KeyError, AttributeError):
            whole = False
        if not whole:
            return Broken(row.seq, "the line about stages does not fit its seal and the line before it")
        last, seal = row.seq, right
        found.append(JournalLine(row.seq, row.at, row.kind, row.ticket, body, row.hash))
    if head != (last, seal):
        return Broken(last, "the row stage_head does not name the newest line about stages")
    return Proved(last, seal, tuple(found))


def sealed(secret: bytes, before: str, kind: str, at: datetime, body: Mapping[str, object]) -> str:
    """The seal of a line: HMAC-SHA-256 over the seal before it and the line."""
    text = canonical([before, kind, written(at), body])
    return hmac.digest(secret, b"stage " + text.encode(), "sha256").hex()

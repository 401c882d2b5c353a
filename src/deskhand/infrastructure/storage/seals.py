"""Lines of the journal that are sealed with the desk's secret: about stages, changes, backups, access and privacy."""

import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from pydantic_core import to_jsonable_python

from deskhand.domain.card_number import value_without_cards
from deskhand.domain.digest import canonical
from deskhand.domain.journal_line import Broken, JournalLine
from deskhand.infrastructure.storage.columns import own_numbers, written
from deskhand.infrastructure.storage.database import put
from deskhand.infrastructure.storage.tables.journal import journal, stage_head
from deskhand.ports.memory.journal import Journal

NO_TICKET = ""


@dataclass(frozen=True)
class Family:
    """Lines whose kinds begin with `prefix` and a dot; `number` is its row of `stage_head`, `mark` keeps the seals of
    one family from standing for another's."""

    number: int
    prefix: str
    mark: str
    about: str


STAGES = Family(1, "rollout", "stage", "stages")
CHANGES = Family(2, "change", "change", "changes")
BACKUPS = Family(3, "backup", "backup", "backups")
ACCESS = Family(4, "access", "access", "access")
PRIVACY = Family(5, "privacy", "privacy", "privacy")
FAMILIES = (STAGES, CHANGES, BACKUPS, ACCESS, PRIVACY)


@dataclass(frozen=True)
class Proved:
    """Lines whose seals were proved, up to the one with this number and seal."""

    seq: int = 0
    seal: str = ""
    lines: tuple[JournalLine, ...] = ()


NOTHING = Proved()
NEWEST = 0  # the row of stage_head that names the newest line of all
SINCE_SEALED = ("change.first", "checkpoint.made")  # whoever writes these writes that row, too
NEXT_KIND = sa.select(sa.func.min(journal.c.kind)).where(
    journal.c.kind > sa.bindparam("known"), journal.c.kind < sa.bindparam("end")
)
LAST = sa.select(journal.c.seq, journal.c.hash).order_by(journal.c.seq.desc()).limit(1)
HEAD = sa.select(stage_head.c.seq, stage_head.c.seal).where(stage_head.c.number == sa.bindparam("family"))


class SqlSealed:
    """See `ports.store.Sealed`. A seal covers its line and the seal before it, so that nobody without the secret can
    change, add or leave out a line; `stage_head` names the newest, so that none is cut off by one hand. `proved`: what
    was proved before is not read again."""

    def __init__(
        self, connection: sa.Connection, lines: Journal, secret: bytes, family: Family, proved: Proved = NOTHING
    ):
        self.connection, self.lines, self.secret = connection, lines, secret
        self.family, self.proved = family, proved

    def changes(self) -> Sequence[JournalLine] | Broken:
        found = prove(self.connection, self.secret, self.family, self.proved)
        if isinstance(found, Broken):
            return found
        self.proved = found
        return found.lines

    def append(self, kind: str, body: Mapping[str, object], at: datetime) -> int:
        seq, seal = head(self.connection, self.family)
        # As the journal would write it: a seal over a card number would not fit the line that has none.
        told = value_without_cards(to_jsonable_python(body), own_numbers(self.connection.dialect))
        plain = {**told, "after": seq}
        new = sealed(self.secret, self.family, seal, kind, at, plain)
        number = self.lines.append(kind, NO_TICKET, {**plain, "seal": new}, at)
        row = {"number": self.family.number, "seq": number, "seal": new}
        put(self.connection, stage_head, row, ["number"])
        return number


def sealed_lines(connection: sa.Connection, secret: bytes, family: Family) -> Sequence[JournalLine] | Broken:
    """Every line of a family, in order, each proved anew; or the first that was not written by this desk."""
    found = prove(connection, secret, family, NOTHING)
    return found if isinstance(found, Broken) else found.lines


def prove(connection: sa.Connection, secret: bytes, family: Family, known: Proved) -> Proved | Broken:
    """What is known with the lines behind it, or the first of these that was not written by this desk."""
    newest = head(connection, family)
    if newest == (known.seq, known.seal) and known is not NOTHING:
        return known
    last, seal, found = known.seq, known.seal, list(known.lines)
    ours = sa.and_(journal.c.kind.in_(_kinds(connection, family)), journal.c.seq > last)
    for row in connection.execute(sa.select(journal).where(ours).order_by(journal.c.seq)):
        try:
            body = json.loads(row.body)
            plain = {key: value for key, value in body.items() if key != "seal"}
            right = sealed(secret, family, seal, row.kind, row.at, plain)
            whole = plain["after"] == last and hmac.compare_digest(right, str(body["seal"]))
        except (ValueError, KeyError, AttributeError):
            whole = False
        if not whole:
            return Broken(row.seq, f"the line about {family.about} does not fit its seal and the line before it")
        last, seal = row.seq, right
        found.append(JournalLine(row.seq, row.at, row.kind, row.ticket, body, row.hash))
    if newest != (last, seal):
        return Broken(last, f"the row stage_head does not name the newest line about {family.about}")
    return Proved(last, seal, tuple(found))


def seal_newest(connection: sa.Connection, secret: bytes, seq: int, link: str) -> None:
    """Name the newest line of the whole journal, in the transaction that wrote it: its end cannot be cut off."""
    row = {"number": NEWEST, "seq": seq, "seal": _seal_of_newest(secret, seq, link)}
    put(connection, stage_head, row, ["number"])


def _kinds(connection: sa.Connection, family: Family) -> Sequence[str]:
    """Those of this family that there are, a step along the index for each: of a range of kinds in the order of lines,
    SQLite would walk the whole journal."""
    known, found = f"{family.prefix}.", list[str]()
    while (kind := connection.scalar(NEXT_KIND, {"known": known, "end": f"{family.prefix}/"})) is not None:
        known = kind
        found.append(kind)
    return found


def newest_is(connection: sa.Connection, secret: bytes, *, since: tuple[int, str] | None) -> Broken | None:
    """Whether the journal ends where it was last written to. `since` is what `newest` told before the chain was proved:
    lines that came meanwhile are not missing."""
    now, last = newest(connection), connection.execute(LAST).one_or_none()
    if now is None or since is None:
        ours = sa.select(journal.c.seq).where(journal.c.kind.in_(SINCE_SEALED)).limit(1)
        gone = since is not None or connection.execute(ours).first() is not None
        return Broken(last.seq if last else 0, "the row stage_head does not name the newest line") if gone else None
    for seq, seal in (since, now):
        link = connection.scalar(sa.select(journal.c.hash).where(journal.c.seq == seq))
        if link is None:
            return Broken(seq, "the newest lines are missing")
        if not hmac.compare_digest(seal, _seal_of_newest(secret, seq, link)):
            return Broken(seq, "the newest line is not the one that this desk wrote last")
    if last is not None and last.seq > now[0] and newest(connection) == now:
        return Broken(last.seq, "the newest line was not written by this desk")
    return None


def newest(connection: sa.Connection) -> tuple[int, str] | None:
    """Number and seal of the newest line of the whole journal; None in a database that is older than this row."""
    if not sa.inspect(connection).has_table(stage_head.name):
        return None
    wanted = sa.select(stage_head.c.seq, stage_head.c.seal).where(stage_head.c.number == NEWEST)
    row = connection.execute(wanted).one_or_none()
    return None if row is None else (row.seq, row.seal)


def head(connection: sa.Connection, family: Family) -> tuple[int, str]:
    """Number and seal of the newest line of this family; 0 while there is none."""
    row = connection.execute(HEAD, {"family": family.number}).one_or_none()
    return (0, "") if row is None else (row.seq, row.seal)


def sealed(secret: bytes, family: Family, before: str, kind: str, at: datetime, body: Mapping[str, object]) -> str:
    """The seal of a line: HMAC-SHA-256 over the seal before it and the line."""
    text = canonical([before, kind, written(at), body])
    return hmac.digest(secret, f"{family.mark} {text}".encode(), "sha256").hex()


def _seal_of_newest(secret: bytes, seq: int, link: str) -> str:
    return hmac.digest(secret, f"newest {seq} {link}".encode(), "sha256").hex()

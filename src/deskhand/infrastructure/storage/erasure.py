"""Counts, reads and erases what is kept of a person, as the catalogue says of each table."""

import json
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from deskhand.domain.digest import digest
from deskhand.domain.effect import EffectState
from deskhand.domain.example import Example
from deskhand.domain.privacy import DataClass, Subject
from deskhand.domain.suggestion import SuggestionState
from deskhand.infrastructure.storage.apart import ERASED
from deskhand.infrastructure.storage.conversations import SYSTEM
from deskhand.infrastructure.storage.personal_data import CATALOGUE, Blank, Entry, Stays, Whole
from deskhand.infrastructure.storage.tables import metadata
from deskhand.infrastructure.storage.tables.channels import conversation_message, sending
from deskhand.infrastructure.storage.tables.effects import effect, suggestion
from deskhand.infrastructure.storage.tables.journal import journal
from deskhand.infrastructure.storage.tables.tickets import inbox

OWN = f"{SYSTEM}:ticket:"
MANY = 400  # names in one statement
PENDING = SuggestionState.PENDING.value
OPEN = [one.value for one in EffectState if one.open]


def theirs(name: str, subject: Subject, until: datetime | None = None) -> Iterator[sa.ColumnElement[bool]]:
    """Conditions on a table, each true of rows of theirs; a row may be found by several. What belongs to a message
    that they wrote after `until` is left out: whoever is forgotten and writes again is answered as a new person."""
    spared = _anew(name, until) if until else sa.false()
    yield from (sa.and_(one, ~spared) for one in _theirs(name, subject, until))


def written_since(connection: sa.Connection, at: datetime) -> list[tuple[str, str]]:
    """Ticket and message of whatever came after then, whoever wrote it."""
    wanted = sa.select(inbox.c.ticket, inbox.c.message).where(inbox.c.received_at > at)
    return [(ticket, message) for ticket, message in connection.execute(wanted)]


def _anew(name: str, until: datetime) -> sa.ColumnElement[bool]:
    """Rows of tickets that somebody wrote on after then: those made since, and the head of such a conversation."""
    table, entry = metadata.tables[name], CATALOGUE[name]
    wrote = sa.select(inbox.c.ticket).where(inbox.c.received_at > until)
    own = sa.func.substr(inbox.c.ticket, len(OWN) + 1)
    places = sa.select(own).where(inbox.c.received_at > until, inbox.c.ticket.startswith(OWN))
    named = [table.c[column].in_(wrote) for column in entry.ticket if name != "apart"]
    named += [table.c[column].in_(places) for column in entry.place]
    made = table.c[entry.at] > until if entry.at and name != "conversation" else sa.true()
    return sa.and_(sa.or_(sa.false(), *named), made)


def _theirs(name: str, subject: Subject, until: datetime | None) -> Iterator[sa.ColumnElement[bool]]:
    table, entry = metadata.tables[name], CATALOGUE[name]
    places = [one.removeprefix(OWN) for one in subject.tickets if one.startswith(OWN)]
    columns_of = (
        (entry.ticket, subject.tickets),
        (entry.customer, subject.customers),
        (entry.place, places),
    )
    for columns, values in columns_of:
        for part in _parts(values):
            yield from (table.c[column].in_(part) for column in columns)
    for part in _parts([one.casefold() for one in subject.addresses]):
        yield from (sa.func.lower(table.c[column]).in_(part) for column in entry.address)
    if name == "stage_seen":  # known by digests, see `workflows.place.keys_of`
        named = [f"ticket/{one}" for one in subject.tickets] + [f"customer/{one}" for one in subject.customers]
        named += [f"address/{one.casefold()}" for one in subject.addresses]
        yield from (table.c.who.in_(part) for part in _parts([digest(one)[:32] for one in named]))
    if name == "pause":
        scopes = [f"ticket:{one}" for one in subject.tickets] + [f"customer:{one}" for one in subject.customers]
        yield from (table.c.scope.in_(part) for part in _parts(scopes))
    match entry.ends:
        case Whole(through=(column, parent, key)):
            for condition in theirs(parent, subject, until):
                yield table.c[column].in_(sa.select(metadata.tables[parent].c[key]).where(condition))


def count(connection: sa.Connection, subject: Subject) -> dict[DataClass, dict[str, int]]:
    """By class and table, the rows of theirs that an erasure would change; tables without any are left out."""
    found: dict[DataClass, dict[str, int]] = {}
    for name, entry in CATALOGUE.items():
        if not isinstance(entry.ends, Stays) and (rows := len(_keys(connection, name, subject, words=True))):
            found.setdefault(entry.data, {})[name] = rows
    return found


def rows(connection: sa.Connection, name: str, subject: Subject) -> list[Mapping[str, Any]]:
    """Those of theirs, in the order of their keys."""
    table, found = metadata.tables[name], dict[tuple[Any, ...], Mapping[str, Any]]()
    for condition in theirs(name, subject):
        for row in connection.execute(sa.select(table).where(condition)):
            found[tuple(row._mapping[column.name] for column in table.primary_key)] = dict(row._mapping)
    return [found[key] for key in sorted(found)]


def erase(connection: sa.Connection, name: str, subject: Subject, until: datetime | None = None) -> int:
    """Of one table; how many rows were changed. What is open in the ledger keeps what it takes to settle it; `until`:
    see `theirs`."""
    return _end(connection, name, list(theirs(name, subject, until)))


def erase_older(connection: sa.Connection, name: str, before: datetime, busy: Collection[str]) -> int:
    """What is older in this table, of everybody, but nothing of the tickets in `busy`."""
    return _end(connection, name, [_older(name, before, busy)])


def _older(name: str, before: datetime, busy: Collection[str]) -> sa.ColumnElement[bool]:
    table, entry = metadata.tables[name], CATALOGUE[name]
    match entry.ends:
        case Whole(through=(column, parent, key)):
            older = sa.select(metadata.tables[parent].c[key]).where(_older(parent, before, busy))
            return table.c[column].in_(older)
    conditions = [table.c[entry.at] < before]
    for names, columns in ((busy, entry.ticket), ({one.removeprefix(OWN) for one in busy}, entry.place)):
        conditions += [table.c[columns[0]].not_in(part) for part in _parts(sorted(names)) if columns]
    if name == "conversation":  # the last to go of what is in it
        inside = (conversation_message.c.conversation, sending.c.conversation)
        conditions += [~sa.exists().where(one == table.c.id) for one in inside]
    return sa.and_(*conditions)


def waiting(connection: sa.Connection, subject: Subject, until: datetime) -> list[str]:
    """The keys of effects from before then whose outcome is not known yet."""
    found = rows(connection, "effect", subject)
    return [one["key"] for one in found if one["state"] in OPEN and one["at"] <= until]


def heeding(connection: sa.Connection, subject: Subject) -> tuple[list[str], list[str]]:
    """Texts of examples of theirs, and the tickets of others in whose plans these were heeded: there they stand
    again, in notes for people."""
    texts, tickets = set[str](), set[str]()
    for row in rows(connection, "example", subject):
        one: Example = row["example"]
        texts |= {text.strip() for text in (one.message, one.suggested, one.instead, one.reason) if text.strip()}
        heard = sa.select(journal.c.ticket).where(journal.c.kind == "message.considered")
        tickets |= set(connection.scalars(heard.where(journal.c.body.contains(f'"{one.id}"'))))
    return sorted(texts, key=len, reverse=True), sorted(tickets - set(subject.tickets))


def erase_copies(connection: sa.Connection, texts: Collection[str], tickets: Collection[str]) -> int:
    """Take these texts out of what is kept of these tickets; how many rows. What waits for an agent, or for its
    outcome, stays: it would go out with a gap."""
    changed = 0
    for name, condition in _copies(tickets):
        table = metadata.tables[name]
        for column in (table.c[one] for one in CATALOGUE[name].personal):
            if isinstance(column.type, sa.LargeBinary):
                continue
            for text in (form for one in texts for form in dict.fromkeys((one, json.dumps(one)[1:-1], _plain(one)))):
                kept = sa.type_coerce(column, sa.Text)
                new = sa.type_coerce(sa.func.replace(kept, text, ERASED), column.type)
                which = sa.update(table).where(condition, kept.contains(text, autoescape=True))
                changed += connection.execute(which.values({column: new})).rowcount
    return changed


def copies_waiting(connection: sa.Connection, texts: Collection[str], tickets: Collection[str]) -> int:
    """How many suggestions of others, waiting for an agent, still hold one of these texts."""
    resolution = sa.type_coerce(suggestion.c.resolution, sa.Text)
    says = [resolution.contains(json.dumps(one)[1:-1], autoescape=True) for one in texts]
    which = (suggestion.c.ticket.in_(tickets), suggestion.c.state == PENDING, sa.or_(sa.false(), *says))
    return int(connection.scalar(sa.select(sa.func.count()).select_from(suggestion).where(*which)) or 0)


def _plain(text: str) -> str:
    """As JSON that keeps letters beyond ASCII writes it."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _copies(tickets: Collection[str]) -> Iterator[tuple[str, sa.ColumnElement[bool]]]:
    others = Subject(tuple(tickets), (), ())
    for name, entry in CATALOGUE.items():
        if entry.personal and (entry.ticket or entry.place) and name != "apart":
            settled = {"effect": effect.c.state.not_in(OPEN), "suggestion": suggestion.c.state != PENDING}
            for condition in theirs(name, others):
                yield name, sa.and_(condition, settled.get(name, sa.true()))


ORDER: tuple[str, ...] = (
    *("approval", "suggestion_shown", "sending", "conversation_message"),  # before what they hang on
    *(
        name
        for name, entry in CATALOGUE.items()
        if not isinstance(entry.ends, Stays)
        and name not in ("approval", "suggestion_shown", "sending", "conversation_message")
    ),
)


def _end(connection: sa.Connection, name: str, conditions: Collection[sa.ColumnElement[bool]]) -> int:
    table, entry = metadata.tables[name], CATALOGUE[name]
    match entry.ends:
        case Whole():
            return sum(connection.execute(sa.delete(table).where(one)).rowcount for one in conditions)
        case Blank(values):
            changed = 0
            for one in conditions:
                held = sa.and_(one, _holding(table, entry, values))
                for row in connection.execute(sa.select(table).where(held)).all():
                    new = {key: made(row._mapping[key]) if callable(made) else made for key, made in values.items()}
                    key = [column == row._mapping[column.name] for column in table.primary_key]
                    if any(row._mapping[column] != value for column, value in new.items()):
                        connection.execute(sa.update(table).where(*key).values(**new))
                        changed += 1
            return changed
        case Stays():
            return 0


def _holding(table: sa.Table, entry: Entry, values: Mapping[str, object]) -> sa.ColumnElement[bool]:
    """Rows that may be changed at all."""
    return effect.c.state.not_in(OPEN) if table.name == "effect" else sa.true()


def _keys(connection: sa.Connection, name: str, subject: Subject, *, words: bool) -> set[tuple[Any, ...]]:
    """Rows of theirs that still hold something."""
    table, entry = metadata.tables[name], CATALOGUE[name]
    found = rows(connection, name, subject)
    if isinstance(entry.ends, Blank) and words:
        values = entry.ends.values
        found = [one for one in found if any(_new(made, one[key]) != one[key] for key, made in values.items())]
    return {tuple(one[column.name] for column in table.primary_key) for one in found}


def _new(made: object, value: object) -> object:
    return made(value) if callable(made) else made


def _parts(values: Collection[str]) -> Iterator[list[str]]:
    every = list(values)
    for start in range(0, len(every), MANY):
        yield every[start : start + MANY]

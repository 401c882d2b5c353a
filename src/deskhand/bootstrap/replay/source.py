"""Where past tickets come from: a file, what `deskhand import` took over, or a help desk that is connected."""

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from deskhand.bootstrap.connections.connectors import Through
from deskhand.bootstrap.folder.folder import load_folder
from deskhand.bootstrap.storage.store import has_journal, open_store
from deskhand.bootstrap.systems.systems import Tell, connect_systems
from deskhand.connectors.history_file.reading import read_history
from deskhand.domain.errors import DeskFault, Fault, Missing
from deskhand.domain.past_ticket import Past, PastTicket, Skipped
from deskhand.domain.ticket import Author, Ticket
from deskhand.infrastructure.storage.database import connect
from deskhand.infrastructure.storage.history import SqlHistory
from deskhand.infrastructure.storage.replays import ReplayFile
from deskhand.settings import Settings

IMPORTED = "imported"
PAGE = 100
SHOWN = 1_000  # parts that could not be read, listed one by one
PART = 1 << 20


@dataclass(frozen=True)
class Source:
    """`digest` tells one history from another; `read` gives it from its beginning, the same at each call."""

    name: str
    digest: str
    read: Callable[[], Iterator[Past]]


@dataclass
class Looked:
    """What a first look at a history found."""

    tickets: int = 0
    skipped: int = 0
    listed: list[Skipped] = field(default_factory=list)
    unread: Counter[str] = field(default_factory=Counter)


def look(source: Source) -> Looked:
    """`DeskFault` when there is no ticket in it."""
    found = Looked()
    for one in source.read():
        if isinstance(one, PastTicket):
            found.tickets += 1
            found.unread.update(one.unread)
            continue
        found.skipped += 1
        if len(found.listed) < SHOWN:
            found.listed.append(one)
    if not found.tickets:
        first = f" The first reason: {found.listed[0]}." if found.listed else ""
        what = (
            f"there is no ticket in it that can be read ({found.skipped} parts skipped).{first} Nothing was replayed."
        )
        raise DeskFault((Fault(source.name, 1, what),))
    return found


def file_source(file: Path, own: Collection[str], *, vouched: bool) -> Source:
    whole = hashlib.sha256()
    try:
        with file.open("rb") as opened:
            while part := opened.read(PART):
                whole.update(part)
    except OSError as error:
        raise DeskFault((Fault(str(file), 1, f"cannot be read: {error.strerror}. Nothing was replayed."),)) from error
    return Source(str(file), whole.hexdigest(), lambda: read_history(file, own, vouched=vouched))


def imported_source(settings: Settings) -> Source:
    """Only read; a desk that never imported anything has none."""
    if not has_journal(settings):
        what = "nothing was imported yet: run `deskhand import` first. Nothing was replayed."
        raise DeskFault((Fault(IMPORTED, 1, what),))
    whole = hashlib.sha256()
    for one in _imported(settings):
        whole.update(f"{one.ref} {one.version}\n".encode("utf-8", "replace"))
    return Source(IMPORTED, whole.hexdigest(), lambda: map(_past, _imported(settings)))


def taken_source(name: str, file: ReplayFile) -> Source:
    """What was taken from a help desk and is kept beside the replay."""
    return Source(name, name, lambda: map(_past, (one.ticket for one in file.taken())))


def spared(settings: Settings, source: Source) -> Source:
    """The same without tickets of those whose words no assistant may read."""
    if not has_journal(settings):
        return source

    def read() -> Iterator[Past]:
        with open_store(settings) as store:
            for one in source.read():
                if isinstance(one, PastTicket):
                    who, ref = one.ticket.requester, str(one.ticket.ref)
                    with store.begin() as tx:
                        unread = tx.restrictions.on((ref, who.email, who.phone))
                    yield Skipped(ref, 1, "its customer objected to an assistant") if unread else one
                else:
                    yield one

    return replace(source, read=read)


def _past(ticket: Ticket) -> Past:
    if any(one.author is Author.CUSTOMER and one.public for one in ticket.messages):
        return PastTicket(ticket)
    return Skipped(str(ticket.ref), 1, "no customer wrote anything on it")


def _imported(settings: Settings) -> Iterator[Ticket]:
    database, after = connect(settings.database_url, settings.table.privacy.own), ""
    try:
        while True:
            with database.connect() as connection:
                page = SqlHistory(connection).every(after, PAGE)
            if not page:
                return
            yield from page
            after = str(page[-1].ref)
    finally:
        database.dispose()


def take(
    settings: Settings,
    system: str,
    since: datetime | None,
    file: ReplayFile,
    clock: Callable[[], datetime],
    through: Through,
    tell: Tell,
) -> None:
    """Read a connected help desk to its end, page by page; what was read stays read. Nothing is written there."""
    systems = connect_systems(settings, load_folder(settings), clock, tell, through, reads_only=True)
    feed, desk = systems.feeds[system], systems.tickets[system]
    cursor = file.noted("cursor") or (feed.since(since) if since else "")
    more, taken = file.noted("taken") is None, 0
    while more:
        page = feed.changes(cursor)
        tickets: list[PastTicket] = []
        for changed in page.tickets:
            try:
                tickets.append(PastTicket(desk.ticket(changed.ticket).value))
            except Missing:
                continue
        file.take(tickets, page.cursor)
        taken += len(tickets)
        tell(f"{taken} tickets read at {system} ...")
        cursor, more = page.cursor, page.more
    file.note("taken", "all")


def day(text: str) -> datetime:
    """The beginning of a day in UTC, or a moment. `DeskFault` for what is neither."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        what = f"{text!r} is no day such as 2026-05-01. Nothing was replayed"
        raise DeskFault((Fault("replay", 1, what),)) from error
    return at if at.tzinfo else at.replace(tzinfo=UTC)

"""A file of past tickets, whatever help desk it comes from."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

from deskhand.connectors.history_file.exports import shape
from deskhand.connectors.history_file.json_values import NoValue, values
from deskhand.connectors.history_file.mailbox import tickets_in
from deskhand.connectors.history_file.plain import NEEDED, plain_ticket
from deskhand.connectors.history_file.table import columns_of, rows_of, tickets_of
from deskhand.domain.errors import DeskFault, Fault
from deskhand.domain.past_ticket import Past, PastTicket, Skipped
from deskhand.domain.storable import storable
from deskhand.domain.ticket import Author, Ticket

TABLE, MAILBOX = ".csv", ".mbox"
WIDE = (b"\xff\xfe", b"\xfe\xff")  # how a file in UTF-16 begins


def read_history(file: Path, own: Collection[str] = (), *, vouched: bool = True) -> Iterator[Past]:
    """Ticket after ticket, and what is none, in the order of the file.

    `own` are the agents' addresses in a mailbox. `vouched`: whoever gives us the file knows that the addresses are
    their customers'. A second ticket under an id that was there before is told as none. `DeskFault` for a file in which
    nothing can be read.
    """
    _fit(file)
    seen: set[int] = set()
    for line, one in _told(file, own):
        if isinstance(one, Skipped):
            yield one
        elif not any(each.author is Author.CUSTOMER and each.public for each in one.ticket.messages):
            yield Skipped(str(file), line, f"ticket {one.ticket.ref.id}: no customer wrote anything on it")
        elif hash(str(one.ticket.ref)) in seen:
            yield Skipped(str(file), line, f"ticket {one.ticket.ref.id} was there before: only the first one counts")
        else:
            seen.add(hash(str(one.ticket.ref)))
            yield replace(one, ticket=_known(one.ticket, vouched))


def _known(ticket: Ticket, vouched: bool) -> Ticket:
    """As it may be kept, whatever the file holds."""
    who = ticket.requester
    return replace(
        ticket,
        ref=replace(ticket.ref, id=storable(ticket.ref.id)),
        subject=storable(ticket.subject),
        channel=storable(ticket.channel),
        requester=replace(who, name=storable(who.name), email=storable(who.email), verified=vouched),
        messages=tuple(replace(one, id=storable(one.id), text=storable(one.text)) for one in ticket.messages),
    )


def _fit(file: Path) -> None:
    try:
        with file.open("rb") as opened:
            start = opened.read(4096)
    except OSError as error:
        what = f"cannot be read: {error.strerror or error}. Nothing was replayed."
        raise DeskFault((Fault(str(file), 1, what),)) from error
    if not start.strip():
        raise DeskFault((Fault(str(file), 1, "is empty: there is no ticket in it. Nothing was replayed."),))
    if start.startswith(WIDE):
        what = "is UTF-16: save it as UTF-8 and try again. Nothing was replayed."
        raise DeskFault((Fault(str(file), 1, what),))


def _told(file: Path, own: Collection[str]) -> Iterator[tuple[int, Past]]:
    if file.suffix.lower() == TABLE:
        return _table(file)
    if file.suffix.lower() == MAILBOX:
        letters = tickets_in(file, "mbox", own)
        return ((one.line, one) if isinstance(one, Skipped) else (1, PastTicket(one)) for one in letters)
    return _json(file)


def _table(file: Path) -> Iterator[tuple[int, Past]]:
    """A message a row, or a ticket a row in our own plain shape: its columns tell."""
    if set(NEEDED) <= set(columns_of(file)):
        for line, row in rows_of(file, NEEDED):
            yield line, _plain_row(file, line, row)
        return
    for one in tickets_of(file, "csv"):
        yield (one.line, one) if isinstance(one, Skipped) else (1, PastTicket(one))


def _plain_row(file: Path, line: int, row: dict[str, str] | str) -> Past:
    if isinstance(row, str):
        return Skipped(str(file), line, row)
    try:
        return plain_ticket({name: value or None for name, value in row.items() if name != "text"} | _text(row))
    except ValueError as error:
        return Skipped(str(file), line, str(error))


def _text(row: dict[str, str]) -> dict[str, str | None]:
    """An empty message is one, and a cell that is lacking is none."""
    return {"text": row.get("text")}


def _json(file: Path) -> Iterator[tuple[int, Past]]:
    for one in values(file):
        if isinstance(one, NoValue):
            yield one.line, Skipped(str(file), one.line, one.why)
            continue
        try:
            if not isinstance(one.value, dict):
                raise ValueError("is no object")
            yield one.line, (shape(one.value) or plain_ticket)(one.value)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            why = f"it has no {error}" if isinstance(error, KeyError) else str(error)
            yield one.line, Skipped(str(file), one.line, why)

"""Past tickets in a CSV file, a message a row: ticket, from, at, text; and where there are, subject, author, public."""

import csv
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from deskhand.domain.errors import DeskFault, Fault
from deskhand.domain.past_ticket import Skipped
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Author, Message, Requester, Status, Ticket

NEEDED = ("ticket", "from", "at", "text")
LONGEST = 1_000_000  # characters of one field
HALF = re.compile("[\ud800-\udfff]")  # what a byte that is no UTF-8 is read as
NO = frozenset({"no", "false", "0", "internal", "private"})


def read_table(file: Path, system: str) -> Iterator[Ticket]:
    """Ticket after ticket; rows of one ticket stand together. `DeskFault` with the line that cannot be read: what came
    before it is given out. `at` is ISO 8601, in UTC where it names no zone; `author` is customer, agent or assistant,
    and customer where it is left out."""
    for one in tickets_of(file, system):
        if isinstance(one, Skipped):
            raise DeskFault((Fault(one.file, one.line, one.why),))
        yield one


def tickets_of(file: Path, system: str) -> Iterator[Ticket | Skipped]:
    """The same, with each row that cannot be read told in its place. `DeskFault` when columns are lacking."""
    number, messages, first = "", list[Message](), dict[str, str]()
    for line, row in rows_of(file, NEEDED):
        if isinstance(row, str):
            yield Skipped(str(file), line, row)
            continue
        try:
            message = _message(row, len(messages) if row["ticket"] == number else 0)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            yield Skipped(str(file), line, f"cannot be read: {error}")
            continue
        if row["ticket"] != number:
            if messages:
                yield _ticket(system, number, first, messages)
            number, messages, first = row["ticket"], [], row
        messages.append(message)
    if messages:
        yield _ticket(system, number, first, messages)


def columns_of(file: Path) -> tuple[str, ...]:
    """The names in the first row. `DeskFault` when it cannot be read."""
    with file.open(newline="", encoding="utf-8-sig", errors="replace") as opened:
        return _names(csv.DictReader(opened), file)


def rows_of(file: Path, needed: Sequence[str]) -> Iterator[tuple[int, dict[str, str] | str]]:
    """Each row with the line it ends on, or why it cannot be read."""
    with file.open(newline="", encoding="utf-8-sig", errors="surrogateescape") as opened:
        rows = csv.DictReader(opened)
        names = _names(rows, file)
        if lacking := [name for name in needed if name not in names]:
            what = f"has no column {lacking[0]!r}; it needs {', '.join(needed)}. Nothing was taken over"
            raise DeskFault((Fault(str(file), 1, what),))
        while True:
            try:
                row = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                yield rows.line_num, f"cannot be read: {error}"
                continue
            broken = any(HALF.search(value) for value in row.values() if isinstance(value, str))
            yield rows.line_num, "is not UTF-8" if broken else row


def _names(rows: "csv.DictReader[str]", file: Path) -> tuple[str, ...]:
    csv.field_size_limit(LONGEST)
    try:
        return tuple(rows.fieldnames or ())
    except csv.Error as error:
        raise DeskFault((Fault(str(file), 1, f"the names of its columns cannot be read: {error}"),)) from error


def _message(row: Mapping[str, str], place: int) -> Message:
    if not row["ticket"]:
        raise ValueError("it names no ticket")
    if row["text"] is None:  # a row that is shorter than the first one
        raise ValueError("it has no text")
    at = datetime.fromisoformat(row["at"].strip())
    return Message(
        id=str(place + 1),
        author=Author((row.get("author") or "customer").strip().lower()),
        public=(row.get("public") or "yes").strip().lower() not in NO,
        text=row["text"],
        sent_at=at if at.tzinfo else at.replace(tzinfo=UTC),
    )


def _ticket(system: str, number: str, first: Mapping[str, str], messages: list[Message]) -> Ticket:
    whole = "\x1f".join(f"{one.author}{one.public}{one.sent_at.isoformat()}{one.text}" for one in messages)
    return Ticket(
        ref=Ref(system, "ticket", number),
        subject=first.get("subject") or "",
        status=Status.CLOSED,
        channel=system,
        requester=Requester("", (first["from"] or "").strip().lower(), verified=False),
        tags=frozenset(),
        version=hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest(),
        created_at=messages[0].sent_at,
        messages=tuple(messages),
    )

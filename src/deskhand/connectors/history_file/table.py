"""Past tickets in a CSV file, a message a row: ticket, from, at, text; and where there are, subject, author, public."""

import csv
import hashlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from deskhand.domain.errors import DeskFault, Fault
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Author, Message, Requester, Status, Ticket

NEEDED = ("ticket", "from", "at", "text")
LONGEST = 1_000_000  # characters of one field
NO = frozenset({"no", "false", "0", "internal", "private"})


def read_table(file: Path, system: str) -> Iterator[Ticket]:
    """Ticket after ticket; rows of one ticket stand together. `DeskFault` with the line that cannot be read: what came
    before it is given out. `at` is ISO 8601, in UTC where it names no zone; `author` is customer, agent or assistant,
    and customer where it is left out."""
    csv.field_size_limit(LONGEST)
    with file.open(newline="", encoding="utf-8-sig") as opened:
        rows = csv.DictReader(opened)
        if lacking := [name for name in NEEDED if name not in (rows.fieldnames or ())]:
            raise DeskFault((Fault(str(file), 1, f"has no column {lacking[0]!r}; it needs {', '.join(NEEDED)}"),))
        number, messages, first = "", list[Message](), dict[str, str]()
        for row in rows:
            try:
                message = _message(row, len(messages) if row["ticket"] == number else 0)
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise DeskFault((Fault(str(file), rows.line_num, f"cannot be read: {error}"),)) from error
            if row["ticket"] != number:
                if messages:
                    yield _ticket(system, number, first, messages)
                number, messages, first = row["ticket"], [], row
            messages.append(message)
        if messages:
            yield _ticket(system, number, first, messages)


def _message(row: Mapping[str, str], place: int) -> Message:
    if not row["ticket"]:
        raise ValueError("it names no ticket")
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

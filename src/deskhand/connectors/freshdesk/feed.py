"""What changed at Freshdesk: its list of tickets, asked from a moment on. It skips nothing, however often they change.

A page is begun where the one before it ended, and not by its number: a ticket that changes meanwhile moves to the end,
and would draw others out of the pages that are still to come. Only within one second, where moments tell nothing apart,
numbers do; there the page before is looked at again, and when it moved that second is read from its start.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from deskhand.connectors.freshdesk import API, SYSTEM
from deskhand.connectors.freshdesk.door import understood
from deskhand.connectors.freshdesk.lists import MOST, PAGE, page
from deskhand.connectors.http.wire import Wire
from deskhand.domain.changes import Changed, Changes
from deskhand.domain.errors import Down, Invalid
from deskhand.domain.ref import Ref

OVERLAP = timedelta(minutes=1)  # a change may be listed a little late
SECOND = timedelta(seconds=1)  # nothing says whether "since" holds the moment itself
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
CURSOR = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)/(\d{1,3})/(\d{0,20})", re.ASCII)
PATH = f"{API}/tickets"


@dataclass(frozen=True)
class _Place:
    """A page of what changed since a moment; `last` is the ticket that the page before it ended with."""

    since: datetime
    number: int = 1
    last: str = ""

    def __str__(self) -> str:
        return f"{self.since:%Y-%m-%dT%H:%M:%SZ}/{self.number}/{self.last}"


class FreshdeskFeed:
    """See `ports.reads.TicketFeed`. Lists are scarce at Freshdesk: ask once a minute at most."""

    system = SYSTEM

    def __init__(self, wire: Wire, page: int = PAGE):
        self._wire, self._size = wire, page

    def changes(self, cursor: str) -> Changes:
        place = _place(cursor)
        found, more = self._page(place.since, place.number)
        if place.number > 1:
            before, _ = self._page(place.since, place.number - 1)
            if found and found == before:
                raise Down(f"GET {PATH}: repeats a page")
            if not before or str(before[-1].ticket.id) != place.last:
                return Changes((), str(_Place(place.since)), more=True)
        return Changes(tuple(found), str(_next(place, found, more)), more)

    def _page(self, since: datetime, number: int) -> tuple[list[Changed], bool]:
        asked: dict[str, Any] = {"updated_since": f"{since:%Y-%m-%dT%H:%M:%SZ}"}
        asked |= {"order_by": "updated_at", "order_type": "asc"}
        raw, more = page(self._wire, PATH, number, self._size, **asked)
        with understood("page of changed tickets"):
            return [
                Changed(Ref(SYSTEM, "ticket", str(one["id"])), datetime.fromisoformat(one["updated_at"])) for one in raw
            ], more


def _next(place: _Place, found: list[Changed], more: bool) -> _Place:
    if not found:
        if more:
            raise Down(f"GET {PATH}: an empty page that is not the last")
        return _Place(place.since)
    newest = found[-1].at.astimezone(UTC).replace(microsecond=0)
    if not more:
        return _Place(max(place.since, newest - OVERLAP))
    if newest - SECOND > place.since:
        return _Place(newest - SECOND)
    if place.number >= MOST:
        raise Down(f"GET {PATH}: more tickets changed within a second than it lists")
    return _Place(place.since, place.number + 1, found[-1].ticket.id)


def _place(cursor: str) -> _Place:
    if not cursor:
        return _Place(BEGINNING)
    read = CURSOR.fullmatch(cursor)
    try:
        if read and int(read[2]):
            return _Place(datetime.fromisoformat(read[1]), int(read[2]), read[3])
    except ValueError:
        pass
    raise Invalid("freshdesk: this is no cursor of ours. Nothing was read; begin with an empty one.")

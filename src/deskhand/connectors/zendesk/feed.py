"""What changed at Zendesk: its incremental export, which goes on from a cursor and skips nothing."""

import re
from datetime import datetime

from deskhand.connectors.http.wire import Wire
from deskhand.connectors.zendesk import SYSTEM
from deskhand.connectors.zendesk.door import understood
from deskhand.domain.changes import Changed, Changes
from deskhand.domain.errors import Down, Invalid
from deskhand.domain.ref import Ref

PATH = "/api/v2/incremental/tickets/cursor"
PAGE = 1000  # ten calls a minute are allowed
CURSOR = re.compile(r"[A-Za-z0-9+/=_.-]{1,500}")


class ZendeskFeed:
    """See `ports.reads.TicketFeed`. Zendesk holds the last minute back: for speed there is its webhook."""

    system = SYSTEM

    def __init__(self, wire: Wire, page: int = PAGE):
        self._wire, self._page = wire, page

    def changes(self, cursor: str) -> Changes:
        if cursor and not CURSOR.fullmatch(cursor):
            raise Invalid("zendesk: this is no cursor of its export. Nothing was read; begin with an empty one.")
        start = {"cursor": cursor} if cursor else {"start_time": 0}
        found = self._wire.read(PATH, per_page=self._page, **start)
        with understood("page of changed tickets"):
            tickets = tuple(
                Changed(Ref(SYSTEM, "ticket", str(one["id"])), datetime.fromisoformat(one["updated_at"]))
                for one in found["tickets"]
                if one.get("status") != "deleted"
            )
            more = found["end_of_stream"] is not True
            after = str(found["after_cursor"] or cursor)
        if more and after == cursor:
            raise Down(f"GET {PATH}: repeats a page")
        return Changes(tickets, after, more)

"""What changed at HelpDock, by the numbers it gives to changes."""

import re
from datetime import datetime

from deskhand.connectors.http.wire import Wire
from deskhand.domain.changes import Changed, Changes
from deskhand.domain.errors import Down, Invalid
from deskhand.domain.ref import Ref
from deskhand_helpdock import API, SYSTEM
from deskhand_helpdock.parsing import understood

CURSOR = re.compile(r"[0-9]{0,18}|since [0-9T:+.Z-]{10,40}")
PATH = f"{API}/changes"


class HelpDockFeed:
    """See `ports.reads.TicketFeed`. A cursor is the number of a change, or a moment before the first page."""

    system = SYSTEM

    def __init__(self, wire: Wire, page: int = 100):
        self._wire, self._page = wire, page

    def since(self, at: datetime) -> str:
        return f"since {at.isoformat()}"

    def changes(self, cursor: str) -> Changes:
        if not CURSOR.fullmatch(cursor):
            raise Invalid("helpdock: this is no cursor of its feed: nothing was asked.")
        moment = cursor.removeprefix("since ") if cursor.startswith("since ") else ""
        after = 0 if moment else int(cursor or 0)
        where = {"since": moment} if moment else {"after": str(after)}
        page = self._wire.read(PATH, **where, limit=self._page)
        with understood("page of changes"):
            found = [(one["seq"], _changed(one["ticket"], one["at"])) for one in page["changes"]]
            more = page["more"] is True
        if (found and found[0][0] <= after) or (more and not found):
            raise Down(f"GET {PATH}: repeats a page")
        last = str(found[-1][0]) if found else cursor
        return Changes(tuple(one for _, one in found), last, more)


def _changed(number: int, at: str) -> Changed:
    return Changed(Ref(SYSTEM, "ticket", str(int(number))), datetime.fromisoformat(at))

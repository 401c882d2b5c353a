"""Until when Jira Service Management promised something on a request: the clocks that run on it now."""

from datetime import UTC, datetime
from typing import Any

from deskhand.connectors.http.wire import Wire
from deskhand.connectors.jira.door import key_of, understood
from deskhand.domain.errors import Missing
from deskhand.domain.ref import Ref


class JiraDueTimes:
    """See `ports.reads.DueTimes`. A clock that is paused, or was stopped, promises nothing now."""

    def __init__(self, wire: Wire):
        self._wire = wire

    @understood("list of SLAs")
    def due(self, ticket: Ref) -> datetime | None:
        try:
            found = self._wire.read(f"/rest/servicedeskapi/request/{key_of(ticket)}/sla", limit=50)["values"]
        except Missing:  # an issue that is no request
            return None
        running: list[dict[str, Any]] = [one["ongoingCycle"] for one in found if one.get("ongoingCycle")]
        ends = [one["breachTime"]["epochMillis"] for one in running if not one.get("paused") and one.get("breachTime")]
        return datetime.fromtimestamp(min(ends) / 1000, UTC) if ends else None

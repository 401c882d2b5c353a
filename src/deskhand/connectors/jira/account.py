"""The account that we sign in as: what it writes is the assistant's, and its clock is the one that JQL means."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from deskhand.connectors.http.wire import Wire
from deskhand.connectors.jira.door import understood


class Account:
    """Asked for once, when it is first needed."""

    def __init__(self, wire: Wire):
        self._wire = wire
        self._raw: Mapping[str, Any] | None = None

    @understood("account")
    def id(self) -> str:
        return str(self._known()["accountId"])

    @understood("account")
    def zone(self) -> ZoneInfo | None:
        """None where Jira does not tell."""
        try:
            return ZoneInfo(self._known()["timeZone"])
        except (KeyError, TypeError, ValueError, ZoneInfoNotFoundError):
            return None

    def _known(self) -> Mapping[str, Any]:
        if self._raw is None:
            self._raw = self._wire.read("/rest/api/3/myself")
        return self._raw

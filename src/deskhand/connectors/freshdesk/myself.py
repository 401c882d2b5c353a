"""Which agent of Freshdesk we write as: its words are the assistant's."""

from deskhand.connectors.freshdesk import API
from deskhand.connectors.freshdesk.door import understood
from deskhand.connectors.http.wire import Wire


class Myself:
    """Asked once, at the first need."""

    def __init__(self, wire: Wire):
        self._wire, self._id = wire, 0

    def id(self) -> int:
        if not self._id:
            found = self._wire.read(f"{API}/agents/me")
            with understood("agent"):
                self._id = int(found["id"])
        return self._id

"""HelpDock's twin as the contracts of `deskhand.testing` ask for it."""

from datetime import UTC, datetime

from deskhand_helpdock.feed import HelpDockFeed
from deskhand_helpdock.ticket_desk import HelpDockTickets
from deskhand_helpdock.ticket_writer import HelpDockWriter
from deskhand_helpdock.twin import SECRET, TOKEN, HelpDockTwin

from deskhand.connectors.http.in_process import InProcess
from deskhand.connectors.http.wire import Wire
from deskhand.domain.ref import Ref
from deskhand.testing.help_desk import MAYA
from deskhand.testing.weather import Weather

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
FIELDS = {"order": "order_number", "region": "sales_region"}


def clock() -> datetime:
    return NOW


class HelpDockDesk:
    """See `deskhand.testing.help_desk.HelpDesk`."""

    secrets = (TOKEN, SECRET, "not-the-token")

    def __init__(self) -> None:
        self.twin = HelpDockTwin(":memory:", clock)
        maya = {"name": "Maya Chen", "email": MAYA, "confirmed": True}
        self.twin.store.put([("person", MAYA, "", "", 0, maya)])
        self.weather = Weather(InProcess(self.twin.app))
        self.tickets = HelpDockTickets(self.wire(), clock, FIELDS)
        self.stranger = HelpDockTickets(self.wire("not-the-token"), clock, FIELDS)
        self.feed = HelpDockFeed(self.wire(), page=10)
        self.writer = self.reborn()

    def reborn(self) -> HelpDockWriter:
        return HelpDockWriter(self.wire(), clock, FIELDS)

    def customer_writes(self, text: str, ticket: Ref | None = None, email: str = MAYA) -> Ref:
        number = int(ticket.id) if ticket else 1 + self.count()
        self.twin.receive(email, text, int(ticket.id) if ticket else None)
        return Ref("helpdock", "ticket", str(number))

    def agent_writes(self, ticket: Ref, text: str, *, public: bool) -> None:
        self.twin.annotate(int(ticket.id), text, public=public)

    def public_texts(self, ticket: Ref) -> list[str]:
        return self.twin.said(int(ticket.id), public=True)

    def notes(self, ticket: Ref) -> list[str]:
        return self.twin.said(int(ticket.id), public=False)

    def count(self) -> int:
        return self.twin.store.count("ticket")

    def wire(self, token: str = TOKEN) -> Wire:
        headers = {"Authorization": f"Bearer {token}"}
        return Wire(self.twin.server, headers=headers, transport=self.weather, deadline=0.5)

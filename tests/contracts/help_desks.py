"""Twins of help desks as `deskhand.testing` asks for them: behind its weather, and behind the vendor's document."""

from tests.contracts import rigs
from tests.contracts.contract import Checked

from deskhand.connectors.http.in_process import InProcess
from deskhand.connectors.http.wire import Wire
from deskhand.connectors.zendesk import twin as zendesk
from deskhand.connectors.zendesk.feed import ZendeskFeed
from deskhand.connectors.zendesk.ticket_desk import ZendeskTickets
from deskhand.connectors.zendesk.ticket_writer import ZendeskWriter
from deskhand.domain.ref import Ref
from deskhand.testing.help_desk import MAYA
from deskhand.testing.weather import Weather


class ZendeskDesk:
    """See `deskhand.testing.help_desk.HelpDesk`."""

    secrets = (zendesk.TOKEN, "not-the-token")

    def __init__(self) -> None:
        self.twin = zendesk.ZendeskTwin(":memory:", rigs.clock)
        self.twin.seed(rigs.small_world())
        document = rigs.contract("zendesk-support.json")
        checked = Checked(InProcess(self.twin.app), document, answers=True, unjudged=rigs.UNJUDGED)
        self.weather = Weather(checked)
        own = str(zendesk.OWN_USER)
        self.tickets = ZendeskTickets(self._wire(zendesk.TOKEN), own, rigs.clock, rigs.FIELDS)
        self.stranger = ZendeskTickets(self._wire("not-the-token"), own, rigs.clock)
        self.writer = self.reborn()
        self.feed = ZendeskFeed(self._wire(zendesk.TOKEN), page=10)

    def reborn(self) -> ZendeskWriter:
        return ZendeskWriter(self._wire(zendesk.TOKEN), rigs.clock, rigs.FIELDS)

    def customer_writes(self, text: str, ticket: Ref | None = None, email: str = MAYA) -> Ref:
        number = int(ticket.id) if ticket else 1 + self.twin.store.count("ticket")
        self.twin.receive(email, text, int(ticket.id) if ticket else None)
        return Ref("zendesk", "ticket", str(number))

    def agent_writes(self, ticket: Ref, text: str, *, public: bool) -> None:
        self.twin.annotate(int(ticket.id), text, public=public)

    def public_texts(self, ticket: Ref) -> list[str]:
        return self.twin.said(int(ticket.id), public=True)

    def notes(self, ticket: Ref) -> list[str]:
        return self.twin.said(int(ticket.id), public=False)

    def count(self) -> int:
        return self.twin.store.count("ticket")

    def _wire(self, token: str) -> Wire:
        headers = {"Authorization": f"Bearer {token}"}
        return Wire(rigs.SERVER, headers=headers, transport=self.weather, deadline=0.2)

"""Twins of help desks as `deskhand.testing` asks for them: behind its weather, and behind the vendor's document."""

from collections.abc import Callable
from datetime import datetime

import httpx2
from tests.contracts import rigs
from tests.contracts.contract import Checked
from tests.contracts.freshdesk_document import UNJUDGED, freshdesk_document

from deskhand.connectors.freshdesk import twin as freshdesk
from deskhand.connectors.freshdesk.customer_directory import FreshdeskCustomers
from deskhand.connectors.freshdesk.feed import FreshdeskFeed
from deskhand.connectors.freshdesk.myself import Myself
from deskhand.connectors.freshdesk.ticket_desk import FreshdeskTickets
from deskhand.connectors.freshdesk.ticket_writer import FreshdeskWriter
from deskhand.connectors.http.files import Files
from deskhand.connectors.http.in_process import InProcess
from deskhand.connectors.http.oauth import ClientCredentials
from deskhand.connectors.http.twin_files import Upload
from deskhand.connectors.http.twin_store import TwinStore
from deskhand.connectors.http.wire import Wire
from deskhand.connectors.zendesk import twin as zendesk
from deskhand.connectors.zendesk.feed import ZendeskFeed
from deskhand.connectors.zendesk.ticket_desk import ZendeskTickets
from deskhand.connectors.zendesk.ticket_writer import ZendeskWriter
from deskhand.domain.ref import Ref
from deskhand.testing.help_desk import MAYA
from deskhand.testing.weather import Weather

FRESHDESK_FIELDS = {"order": "cf_order", "region": "cf_region"}


class FreshdeskDesk:
    """See `deskhand.testing.help_desk.HelpDesk`."""

    secrets = (freshdesk.KEY, "not-the-key")

    def __init__(self, clock: Callable[[], datetime] = rigs.clock) -> None:
        self.twin = freshdesk.FreshdeskTwin(":memory:", clock)
        self.twin.seed(rigs.small_world())
        self.clock, judged = clock, InProcess(self.twin.app)
        document = freshdesk_document()
        self.weather = Weather(Checked(judged, document, answers=True, unjudged=UNJUDGED) if document else judged)
        self.tickets = self._tickets(freshdesk.KEY)
        self.stranger = self._tickets("not-the-key")
        self.writer = self.reborn()
        self.feed = FreshdeskFeed(self.wire(), page=10)
        self.attachments = Files(self.wire())
        self.customers = FreshdeskCustomers(self.wire(), clock, tier="cf_tier")

    def reborn(self) -> FreshdeskWriter:
        wire = self.wire()
        return FreshdeskWriter(wire, Myself(wire), self.clock, FRESHDESK_FIELDS)

    def customer_writes(self, text: str, ticket: Ref | None = None, email: str = MAYA) -> Ref:
        number = int(ticket.id) if ticket else 1 + self.twin.store.count("ticket")
        self.twin.receive(email, text, int(ticket.id) if ticket else None)
        return Ref("freshdesk", "ticket", str(number))

    def customer_attaches(self, name: str, content: bytes, type: str, ticket: Ref | None = None) -> Ref:
        number = int(ticket.id) if ticket else None
        self.twin.receive(MAYA, "See below.", number, files=[Upload(name, content, type)])
        return ticket or Ref("freshdesk", "ticket", str(self.twin.store.count("ticket")))

    def files_are_deleted(self) -> None:
        forget_files(self.twin.store)

    def agent_writes(self, ticket: Ref, text: str, *, public: bool) -> None:
        self.twin.annotate(int(ticket.id), text, public=public)

    def public_texts(self, ticket: Ref) -> list[str]:
        return self.twin.said(int(ticket.id), public=True)

    def notes(self, ticket: Ref) -> list[str]:
        return self.twin.said(int(ticket.id), public=False)

    def count(self) -> int:
        return self.twin.store.count("ticket")

    def _tickets(self, key: str) -> FreshdeskTickets:
        wire = self.wire(key)
        return FreshdeskTickets(wire, Myself(wire), self.clock, FRESHDESK_FIELDS)

    def wire(self, key: str = freshdesk.KEY) -> Wire:
        return Wire(rigs.SERVER, auth=httpx2.BasicAuth(key, "X"), transport=self.weather, deadline=0.5)


class ZendeskDesk:
    """See `deskhand.testing.help_desk.HelpDesk`."""

    secrets = (zendesk.TOKEN, zendesk.CLIENT[2], "not-the-token")

    def __init__(self, *, by_client: bool = False) -> None:
        """`by_client`: signed in as an OAuth client."""
        self._by_client = by_client
        self.twin = zendesk.ZendeskTwin(":memory:", rigs.clock, rigs.SERVER)
        self.twin.seed(rigs.small_world())
        document = rigs.contract("zendesk-support.json")
        checked = Checked(InProcess(self.twin.app), document, answers=True, unjudged=rigs.UNJUDGED)
        self.weather = Weather(checked)
        own = str(zendesk.OWN_USER)
        self.tickets = ZendeskTickets(self._wire(zendesk.TOKEN), own, rigs.clock, rigs.FIELDS)
        self.stranger = ZendeskTickets(self._wire("not-the-token"), own, rigs.clock)
        self.writer = self.reborn()
        self.feed = ZendeskFeed(self._wire(zendesk.TOKEN), page=10)
        self.attachments = Files(self._wire(zendesk.TOKEN))

    def reborn(self) -> ZendeskWriter:
        return ZendeskWriter(self._wire(zendesk.TOKEN), rigs.clock, rigs.FIELDS)

    def customer_writes(self, text: str, ticket: Ref | None = None, email: str = MAYA) -> Ref:
        number = int(ticket.id) if ticket else 1 + self.twin.store.count("ticket")
        self.twin.receive(email, text, int(ticket.id) if ticket else None)
        return Ref("zendesk", "ticket", str(number))

    def customer_attaches(self, name: str, content: bytes, type: str, ticket: Ref | None = None) -> Ref:
        number = int(ticket.id) if ticket else None
        self.twin.receive(MAYA, "See below.", number, files=[Upload(name, content, type)])
        return ticket or Ref("zendesk", "ticket", str(self.twin.store.count("ticket")))

    def files_are_deleted(self) -> None:
        forget_files(self.twin.store)

    def agent_writes(self, ticket: Ref, text: str, *, public: bool) -> None:
        self.twin.annotate(int(ticket.id), text, public=public)

    def public_texts(self, ticket: Ref) -> list[str]:
        return self.twin.said(int(ticket.id), public=True)

    def notes(self, ticket: Ref) -> list[str]:
        return self.twin.said(int(ticket.id), public=False)

    def count(self) -> int:
        return self.twin.store.count("ticket")

    def _wire(self, token: str) -> Wire:
        if self._by_client:
            _, client, secret = zendesk.CLIENT
            secret = secret if token == zendesk.TOKEN else token
            tokens = Wire(rigs.SERVER, transport=self.weather, deadline=0.5)
            asked: dict[str, str | int] = {"client_id": client, "client_secret": secret}
            auth = ClientCredentials(tokens, "/oauth/tokens", asked, as_json=True)
            return Wire(rigs.SERVER, auth=auth, transport=self.weather, deadline=0.5)
        headers = {"Authorization": f"Bearer {token}"}
        return Wire(rigs.SERVER, headers=headers, transport=self.weather, deadline=0.5)


def forget_files(store: TwinStore) -> None:
    """Their tickets still name them."""
    with store.lock:
        store.database.execute("delete from object where kind = 'file'")

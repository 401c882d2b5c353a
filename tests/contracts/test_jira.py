"""The promises of a help desk at Jira: our client, the twin and Atlassian's two documents agree."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import httpx2
import pytest
from tests.contracts import rigs
from tests.contracts.contract import Checked
from tests.contracts.help_desks import forget_files

from deskhand.connectors.http.faulty import FAULTS
from deskhand.connectors.http.files import Files
from deskhand.connectors.http.in_process import InProcess
from deskhand.connectors.http.twin_files import Upload
from deskhand.connectors.http.wire import Wire
from deskhand.connectors.jira import twin as jira
from deskhand.connectors.jira.account import Account
from deskhand.connectors.jira.adf import to_text
from deskhand.connectors.jira.feed import JiraFeed
from deskhand.connectors.jira.files import JiraFiles
from deskhand.connectors.jira.new_tickets import NewTickets
from deskhand.connectors.jira.ticket_desk import JiraTickets
from deskhand.connectors.jira.ticket_writer import JiraWriter
from deskhand.connectors.jira.twin_kept import OWN_EMAIL, PLACE
from deskhand.domain.errors import Invalid
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Requester
from deskhand.testing.attachments import AttachmentContract
from deskhand.testing.help_desk import MAYA, Write, WrittenDesk
from deskhand.testing.one_write import EACH, LOST
from deskhand.testing.tickets import TicketDeskContract, TicketFeedContract, TicketWriterContract
from deskhand.testing.weather import Weather

FIELDS = {"order": "customfield_10100", "region": "customfield_10101", "seats": "customfield_10102"}
WORDLESS = ("update", "tags")  # answered with 204: of no words, none can be cut off or slow
FILE = r"/rest/api/3/attachment/content/.*"  # in neither document
PLATFORM, DESK = r"/rest/api/3/.*", rf"/rest/servicedeskapi/.*|{FILE}"


class JiraDesk:
    """See `deskhand.testing.help_desk.HelpDesk`. Whoever has an Atlassian account is vouched for by the company."""

    secrets = (jira.TOKEN, "not-the-token")

    def __init__(self) -> None:
        self.twin = jira.JiraTwin(":memory:", rigs.clock, rigs.SERVER, "Europe/Berlin")
        self.twin.seed(rigs.small_world())
        documents = (("jira-service-management.json", PLATFORM), ("jira-platform-v3.json", DESK))
        inner: httpx2.BaseTransport = InProcess(self.twin.app)
        for document, others in documents:
            inner = Checked(inner, rigs.contract(document), answers=True, unjudged=others)
        self.weather = Weather(inner)
        self.wire = self._wire(jira.TOKEN)
        self.account = Account(self.wire)
        self.tickets = JiraTickets(self.wire, self.account.id, rigs.clock, fields=FIELDS, vouched=["atlassian"])
        stranger = self._wire("not-the-token")
        self.stranger = JiraTickets(stranger, Account(stranger).id, rigs.clock)
        self.writer = self.reborn()
        self.feed = JiraFeed(self.wire, self.account, PLACE.project, page=10)
        self.attachments = JiraFiles(Files(self.wire))

    def reborn(self) -> JiraWriter:
        wire = self._wire(jira.TOKEN)
        return JiraWriter(wire, Account(wire).id, rigs.clock, NewTickets(wire, PLACE), fields=FIELDS)

    def customer_writes(self, text: str, ticket: Ref | None = None, email: str = MAYA) -> Ref:
        key = ticket.id if ticket else f"{PLACE.project}-{1 + self.count()}"
        self.twin.receive(email, text, ticket.id if ticket else "")
        return Ref("jira", "ticket", key)

    def customer_attaches(self, name: str, content: bytes, type: str, ticket: Ref | None = None) -> Ref:
        key = ticket.id if ticket else f"{PLACE.project}-{1 + self.count()}"
        self.twin.receive(MAYA, "See below.", ticket.id if ticket else "", files=[Upload(name, content, type)])
        return Ref("jira", "ticket", key)

    def files_are_deleted(self) -> None:
        forget_files(self.twin.store)

    def agent_writes(self, ticket: Ref, text: str, *, public: bool) -> None:
        self.twin.answer(ticket.id, text, public=public)

    def public_texts(self, ticket: Ref) -> list[str]:
        return self._opening(ticket, request=True) + self.twin.said(ticket.id, public=True)

    def notes(self, ticket: Ref) -> list[str]:
        return self._opening(ticket, request=False) + self.twin.said(ticket.id, public=False)

    def count(self) -> int:
        return self.twin.store.count("issue")

    def _opening(self, ticket: Ref, *, request: bool) -> list[str]:
        raw = self.twin.store.get("issue", ticket.id)
        assert raw is not None
        return [to_text(raw["description"])] if raw["request"] is request else []

    def _wire(self, token: str) -> Wire:
        auth = httpx2.BasicAuth(OWN_EMAIL, token)
        return Wire(rigs.SERVER, auth=auth, transport=self.weather, deadline=0.6)


@pytest.fixture
def at_jira() -> Iterator[JiraDesk]:
    rig = JiraDesk()
    yield rig
    rig.twin.store.close()


class TestJiraReads(TicketDeskContract):
    unknown: Mapping[str, Any] = {
        "status": {"name": "Sleeping", "statusCategory": {"key": "asleep"}},
        "priority": {"name": "Whenever"},
        "accountType": "robot",
    }
    nullable = ("priority", "labels", "assignee", "attachment", "attachments", "description", "creator", "visibility")

    @pytest.fixture
    def desk(self, at_jira: JiraDesk) -> JiraDesk:
        return at_jira


class TestJiraAttachments(AttachmentContract):
    @pytest.fixture
    def desk(self, at_jira: JiraDesk) -> JiraDesk:
        return at_jira


class TestJiraFeed(TicketFeedContract):
    @pytest.fixture
    def desk(self, at_jira: JiraDesk) -> JiraDesk:
        return at_jira


class TestJiraWrites(TicketWriterContract):
    """Jira knows people and no groups. A status takes a request of its own."""

    guards_versions = False
    in_steps = frozenset({"update", "merge"})
    no_tags = ("", "two words", "a\nb", "a" * 256, "dh_0123456789abcdef0123")
    people = ("", "712020:agent")
    parts = True

    @pytest.fixture
    def desk(self, at_jira: JiraDesk) -> JiraDesk:
        return at_jira

    def test_a_stranger_becomes_a_requester_whose_address_is_not_verified(self, desk: WrittenDesk) -> None:
        """Not at Jira: only an administrator makes customers, and we do not ask for such rights."""
        stranger = Requester("", "new@example.com", verified=True)
        with pytest.raises(Invalid, match="no customer with this address: no ticket was created"):
            desk.writer.create_ticket(stranger, "Hello", "Text", public=True, key="ticket/1")

        assert desk.count() == 0

    @EACH
    @pytest.mark.parametrize("fault", LOST)
    def test_a_write_whose_every_answer_is_lost_is_never_called_undone(
        self, desk: WrittenDesk, made: Callable[[WrittenDesk, str], Write], fault: str
    ) -> None:
        if not wordless(made, fault):
            super().test_a_write_whose_every_answer_is_lost_is_never_called_undone(desk, made, fault)
            return
        self.nothing_is_lost(desk, made, fault)

    @EACH
    @pytest.mark.parametrize("fault", FAULTS)
    def test_no_error_of_a_write_tells_a_secret(
        self, desk: WrittenDesk, made: Callable[[WrittenDesk, str], Write], fault: str
    ) -> None:
        if not wordless(made, fault):
            super().test_no_error_of_a_write_tells_a_secret(desk, made, fault)
            return
        self.nothing_is_lost(desk, made, fault)

    def nothing_is_lost(self, desk: WrittenDesk, made: Callable[[WrittenDesk, str], Write], fault: str) -> None:
        write = made(desk, "key/1")
        desk.weather.write_faults.extend([fault] * 4)
        write.act(desk.writer)

        assert write.effects() == 1


def wordless(made: Callable[[WrittenDesk, str], Write], fault: str) -> bool:
    return made.__name__ in WORDLESS and fault in ("cut json", "slow")

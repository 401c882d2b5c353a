"""A ticket that was, as its own system tells it now, beside what the journal says of it. Nothing is started."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from deskhand.bootstrap.clock import now
from deskhand.bootstrap.folder.folder import Folder
from deskhand.bootstrap.storage.queries import Queries
from deskhand.bootstrap.systems.systems import Systems, Tell, connect_systems
from deskhand.domain.errors import ConnectorError, DeskhandError
from deskhand.domain.journal_line import JournalLine
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Requester, Ticket
from deskhand.infrastructure.storage.conversations import Conversations
from deskhand.ports.reads import TicketDesk
from deskhand.settings import Settings
from deskhand.understanding.redact import redact


@dataclass(frozen=True)
class PastTicket:
    ticket: Ticket
    lines: Sequence[JournalLine]


def past_ticket(settings: Settings, folder: Folder, queries: Queries, ref: str, tell: Tell) -> PastTicket:
    """`DeskhandError` when there is no such ticket, or nothing became of it yet."""
    lines = queries.timeline(ref)
    if not any(one.kind == "message.ended" for one in lines):
        raise DeskhandError(f"The journal tells of no answer on a ticket {ref!r}; nothing was written.")
    found = Ref.parse(ref)
    ours = Conversations(queries.database, now, redact)
    systems = connect_systems(settings, folder, now, tell)
    desks: dict[str, TicketDesk] = {ours.system: ours, **systems.tickets}
    if found.system not in desks:
        raise DeskhandError(f"{found.system} is not connected, so {ref} cannot be read; nothing was written.")
    ticket = desks[found.system].ticket(found).value
    return PastTicket(replace(ticket, requester=_named(ticket.requester, systems)), lines)


def _named(requester: Requester, systems: Systems) -> Requester:
    """With the name on their record, which their help desk may not know: it must not stand in a draft."""
    for one in systems.directories:
        with suppress(ConnectorError):
            if found := one.by_email(requester.email):
                return replace(requester, name=found[0].value.name or requester.name)
    return requester

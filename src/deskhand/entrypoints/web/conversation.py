"""What was said on a ticket and what is known of its customer: read from their systems as they are now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse

from deskhand.bootstrap import Installation
from deskhand.context.gather import gather
from deskhand.domain.customer import Ambiguous, Identity, Matched, Unknown
from deskhand.domain.errors import ConnectorError, UnknownTicket
from deskhand.domain.finding import Finding
from deskhand.domain.ref import Ref
from deskhand.domain.rights import Right
from deskhand.domain.ticket import NOBODY, Author, Requester, Ticket
from deskhand.entrypoints.people import Caller, within
from deskhand.entrypoints.rights import needs
from deskhand.entrypoints.web.frame import render
from deskhand.workflows.hear import codes_taken_out
from deskhand.workflows.who import writer

router = APIRouter(include_in_schema=False)
LONGEST = 200  # messages of one ticket on the page; the oldest are left to the help desk
BEFORE = 6  # earlier contacts of the customer in the panel
# What the panel reads beside what every plan is made with; then what a company's own records tell of a customer.
ALSO: Mapping[str, Mapping[str, str | int]] = {"billing.charges": {"days": 60}, "billing.account": {}}
OURS = ("billing.", "crm.")
OWN = 4  # questions of the company's own, at most


@dataclass(frozen=True)
class Known:
    """`name` and `email` as the ticket's system tells them. `missing` names what did not answer."""

    name: str
    email: str
    verified: bool
    identity: Identity
    findings: tuple[Finding, ...]
    missing: tuple[str, ...]
    opted_out: bool
    read_at: datetime

    @property
    def matched(self) -> bool:
        return isinstance(self.identity, Matched)

    @property
    def ambiguous(self) -> bool:
        return isinstance(self.identity, Ambiguous)


@router.get("/inbox/{ticket}/conversation", dependencies=[needs(Right.READ)])
def conversation(ticket: str, request: Request, caller: Caller) -> HTMLResponse:
    """The messages as the ticket's own system has them, oldest first; the part says so where it does not answer."""
    installation = _known(request, ticket)
    read, trouble = _read(installation, ticket)
    said = read.messages[-LONGEST:] if read else ()
    values = {
        "ticket": ticket,
        "said": said,
        "left_out": len(read.messages) - len(said) if read else 0,
        "customer_name": (read.requester.name or read.requester.email) if read else "",
        "status": str(read.status) if read else "",
        "due_at": read.due_at if read else None,
        "trouble": trouble,
    }
    return HTMLResponse(render(request, caller, "parts/messages.html", values))


@router.get("/inbox/{ticket}/customer", dependencies=[needs(Right.READ)])
def customer(ticket: str, request: Request, caller: Caller) -> HTMLResponse:
    """Who it is, and what the connected systems say of them now."""
    installation = _known(request, ticket)
    read, trouble = _read(installation, ticket)
    requester = _last_writer(read) if read else NOBODY
    known = None if trouble else _panel(installation, requester)
    ref = str(known.identity.customer.ref) if known and isinstance(known.identity, Matched) else ""
    contacts = installation.queries.contacts(ref, BEFORE + 1) if ref else []
    limits, others = within(installation, caller), {one.ticket for one in contacts}
    theirs = others if limits is None else installation.queries.holding(limits, others)
    values = {
        "ticket": ticket,
        "known": known,
        "ref": ref,
        "contacts": [one for one in contacts if one.ticket != ticket and one.ticket in theirs][:BEFORE],
        "trouble": trouble,
    }
    return HTMLResponse(render(request, caller, "parts/customer.html", values))


def _known(request: Request, ticket: str) -> Installation:
    installation: Installation = request.app.state.installation
    if installation.queries.row(ticket) is None:
        raise HTTPException(404, f"There is no ticket {ticket[:200]}.")
    return installation


def _read(installation: Installation, ticket: str) -> tuple[Ticket | None, str]:
    """The ticket, or what to tell the agent."""
    desk, ref = installation.desk, Ref.parse(ticket)
    try:
        return codes_taken_out(desk, desk.desks[ref.system].ticket(ref).value, None), ""
    except UnknownTicket:
        return None, f"{ref.system} does not have this ticket any more."
    except ConnectorError as error:
        return None, f"{ref.system} did not answer ({error})."
    except KeyError:
        return None, f"{ref.system} is not connected now."


def _last_writer(read: Ticket) -> Requester:
    own = [one for one in read.messages if one.author is Author.CUSTOMER and one.public]
    return writer(read, own[-1]) if own else read.requester


def _panel(installation: Installation, requester: Requester) -> Known:
    desk = installation.desk
    try:
        dossier = gather(requester, desk.customers, desk.look_ups)
    except ConnectorError as error:
        nobody = Unknown()
        return Known(
            requester.name, requester.email, requester.verified, nobody, (), (str(error),), False, desk.clock()
        )
    findings, missing = list(dossier.findings), list(dossier.missing)
    if isinstance(dossier.identity, Matched):
        more, silent = _also(installation, dossier.identity)
        findings += more
        missing += [one for one in silent if one not in missing]
    return Known(
        name=requester.name,
        email=requester.email,
        verified=requester.verified,
        identity=dossier.identity,
        findings=tuple(findings),
        missing=tuple(missing),
        opted_out=_opted_out(installation, dossier.identity),
        read_at=desk.clock(),
    )


def _also(installation: Installation, identity: Matched) -> tuple[Sequence[Finding], Sequence[str]]:
    """What more is found, and which systems did not answer."""
    look_ups = installation.desk.look_ups
    bound, found, silent = look_ups.of(identity.customer), [], []
    theirs = [name for name, spec in look_ups.specs.items() if not spec.arguments and not name.startswith(OURS)]
    for name, arguments in (*ALSO.items(), *((one, {}) for one in theirs[:OWN])):
        if name in look_ups.specs:
            try:
                found.append(bound(name, arguments))
            except ConnectorError:
                silent.append(name.partition(".")[0])
    return found, silent


def _opted_out(installation: Installation, identity: Identity) -> bool:
    if not isinstance(identity, Matched):
        return False
    with installation.store.begin() as tx:
        return tx.contacts.opted_out([str(identity.customer.ref)]) is not None

"""CRM, ticketing, billing and orders: each read now, from the real system. A twin proves nothing of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from deskhand.bootstrap.connections.connectors import Connected, Named, connect, named, straight
from deskhand.bootstrap.folder.folder import Folder
from deskhand.bootstrap.golive.item import Item, found
from deskhand.connectors.manifest import Proof, Role, Twin
from deskhand.connectors.records.records import SqlRecords
from deskhand.domain.errors import DeskhandError
from deskhand.domain.ticket import Ticket
from deskhand.settings import Settings

LATELY = timedelta(days=30)
TRIED = 10  # tickets, until one is of a customer whom another system knows
Clock = Callable[[], datetime]
Events = Callable[[str], datetime | None]


@dataclass(frozen=True)
class Asking:
    """`last_event`: when a system last sent one that was signed. `records`: the company's database, when it is real."""

    settings: Settings
    folder: Folder
    clock: Clock
    last_event: Events
    records: Callable[[], SqlRecords | None]


def ticketing(asking: Asking) -> Item:
    """Credentials, a ticket read now, and an event that came signed."""
    seen, lacks = list[str](), list[str]()
    for name, one in _playing(asking, Role.TICKETS).items():
        with _live(asking, name, one, seen, lacks) as system:
            if system is None:
                continue
            if ticket := next(_tickets(system, asking.clock()), None):
                seen.append(f"{one.connector.title}: {ticket.ref} was read at {_at(asking)}.")
            else:
                lacks.append(f"{one.connector.title}: no ticket of the last 30 days could be read.")
            last = asking.last_event(name)
            if one.connector.webhook and last is None:
                lacks.append(f"{one.connector.title}: no signed event has come yet.")
            elif last:
                seen.append(f"{one.connector.title}: the last signed event came at {last:%Y-%m-%d %H:%M} UTC.")
    lacks += [] if seen or lacks else ["No help desk is connected."]
    return found("ticketing", seen, lacks, "Connect the real one, and its events: deskhand connect zendesk")


def crm(asking: Asking) -> Item:
    """Credentials, and a customer who wrote lately, read there now."""
    seen, lacks = list[str](), list[str]()
    for name, one in _playing(asking, Role.RELATIONS).items():
        with _live(asking, name, one, seen, lacks) as system:
            if system is not None:
                known = _known_customer(asking, system)
                told = f"{one.connector.title}: a customer of {known} was read at {_at(asking)}." if known else ""
                none = f"{one.connector.title}: it knows nobody who wrote in the last {TRIED} tickets."
                (seen if known else lacks).append(told or none)
    lacks += [] if seen or lacks else ["No CRM is connected."]
    return found("crm", seen, lacks, "Connect the real one: deskhand connect salesforce")


def billing(asking: Asking) -> Item:
    """Credentials and prices read now; and whatever of the company's own holds orders answers, too."""
    seen, lacks = list[str](), list[str]()
    for name, one in _playing(asking, Role.BILLING).items():
        with _live(asking, name, one, seen, lacks) as system:
            if system is not None and system.roles.billing is not None:
                read = system.roles.billing.plans()
                seen.append(f"{one.connector.title}: {len(read.value)} prices were read at {_at(asking)}.")
    lacks += [] if seen or lacks else ["No billing system is connected."]
    _orders(asking, seen, lacks)
    return found("billing-and-orders", seen, lacks, "Connect the real ones: deskhand connect stripe")


def _orders(asking: Asking, seen: list[str], lacks: list[str]) -> None:
    table = asking.settings.table
    for name, own in table.systems.own.items():
        if own.twin:
            lacks.append(f"[systems.own.{name}] is a stand-in with made-up data.")
        else:
            seen.append(f"[systems.own.{name}] was not asked: nothing says which of its calls changes nothing.")
    if table.records is not None and table.records.twin:
        lacks.append("[records] is a stand-in with made-up data.")
    elif table.records is not None:
        try:
            records = asking.records()
            wrong = records.check() if records else []
        except DeskhandError as error:
            lacks.append(f"[records] cannot be asked: {_short(error)}.")
            return
        lacks += [f"[records] cannot answer {question}." for question, _ in wrong]
        seen += [] if wrong else [f"[records]: {len(table.records.questions)} questions were tried at {_at(asking)}."]
    if not table.systems.own and table.records is None:
        seen.append("No other system with orders is named in desk.toml.")


def _playing(asking: Asking, role: Role) -> dict[str, Named]:
    return {name: one for name, one in named(asking.settings).items() if role in one.connector.plays}


@contextmanager
def _live(asking: Asking, name: str, one: Named, seen: list[str], lacks: list[str]) -> Iterator[Connected | None]:
    """The system when it is real and takes our credentials; whatever it refuses inside the block is told, too."""
    title = one.connector.title
    if one.table.twin:
        lacks.append(f"{title} is a stand-in with made-up customers.")
        yield None
        return
    try:
        system = connect(asking.settings, one, _no_twin, asking.clock, straight, reads_only=True)
        proof: Proof = one.connector.check(system.given)
    except DeskhandError as error:
        lacks.append(f"{title} cannot be asked: {_short(error)}.")
        yield None
        return
    missing = [right.name for right in proof.rights if right.needed == "reading" and not right.granted]
    lacks += [f"{title}: the credentials may not read {', '.join(missing)}."] if missing else []
    try:
        yield system
    except DeskhandError as error:
        lacks.append(f"{title} cannot be read: {_short(error)}.")
    finally:
        system.roles.wire.close()


def _no_twin() -> Twin:
    raise AssertionError("a real system is not its twin")


def _tickets(system: Connected, now: datetime) -> Iterator[Ticket]:
    """Those that changed lately, each read whole."""
    if system.roles.feed is None or system.roles.tickets is None:
        return
    for changed in system.roles.feed.changes(system.roles.feed.since(now - LATELY)).tickets[:TRIED]:
        yield system.roles.tickets.ticket(changed.ticket).value


def _known_customer(asking: Asking, system: Connected) -> str:
    """The ticket of a customer whom this system knows; "" when it knows none of them."""
    if system.roles.customers is None:
        return ""
    for name, one in _playing(asking, Role.TICKETS).items():
        if one.table.twin:
            continue
        desk = connect(asking.settings, named(asking.settings)[name], _no_twin, asking.clock, straight, reads_only=True)
        try:
            for ticket in _tickets(desk, asking.clock()):
                if ticket.requester.email and system.roles.customers.by_email(ticket.requester.email):
                    return str(ticket.ref)
        finally:
            desk.roles.wire.close()
    return ""


def _at(asking: Asking) -> str:
    return f"{asking.clock():%Y-%m-%d %H:%M:%S} UTC"


def _short(error: DeskhandError) -> str:
    """In one line; what a system says may be long."""
    return " ".join(str(error).split())[:200].rstrip(".")

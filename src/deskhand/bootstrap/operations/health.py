"""How each system of a desk fares: asked now, or as the clients at work have seen it."""

import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from deskhand.bootstrap.channels.email import mail_server
from deskhand.bootstrap.clock import now
from deskhand.bootstrap.connections.connectors import Connected
from deskhand.bootstrap.folder.folder import load_folder
from deskhand.bootstrap.storage.store import open_store
from deskhand.bootstrap.systems.systems import Systems, Tell, connect_systems
from deskhand.connectors.http.vitals import NEVER_ASKED, Vitals
from deskhand.connectors.imap.mailbox import Mailbox
from deskhand.connectors.manifest import Right
from deskhand.connectors.smtp.mailer import SmtpMailer
from deskhand.domain.errors import ConnectorError
from deskhand.ports.store import Store
from deskhand.settings import Settings

ROUNDS = 3  # questions, of whose times the middle one is shown


@dataclass(frozen=True)
class Health:
    """`fault` is why it cannot be worked with, or ""; `latency_ms` of one question; `rights` as the system tells them;
    `expires` is the day on which the credentials end, where it is known; `resting`: seconds for which we do not ask it;
    `last_event`: when it last sent us one that was signed as it should be. `awaits_events`: it is to send
    some, and never did. `tried_live` is false while this connector has never met the real service, twins and emulators
    only."""

    system: str
    title: str
    twin: bool
    fault: str
    account: str
    latency_ms: float | None
    rights: tuple[Right, ...]
    expires: date | None
    vitals: Vitals
    resting: float
    last_event: datetime | None
    tried_live: bool
    awaits_events: bool = False

    @property
    def lacks(self) -> tuple[str, ...]:
        """Rights that reading needs and that the credentials do not have."""
        return tuple(one.name for one in self.rights if one.needed == "reading" and not one.granted)

    @property
    def too_broad(self) -> tuple[str, ...]:
        """Rights that the credentials have and nobody here needs."""
        return tuple(one.name for one in self.rights if one.granted and not one.needed)

    @property
    def well(self) -> bool:
        """Whether it can be worked with."""
        return not self.fault and not self.lacks


def examine(systems: Systems, store: Store) -> Iterator[Health]:
    """Each connector in turn, asked what its credentials are worth; nothing is written anywhere."""
    for one in systems.connected.values():
        yield _asked(one, _last_events(systems, store)[one.connector.system])


def observe(systems: Systems, store: Store) -> Iterator[Health]:
    """The same without asking anybody: what the calls of this process have shown so far."""
    last = _last_events(systems, store)
    for name, one in systems.connected.items():
        resting = one.roles.wire.breaker.resting
        fault = "it does not answer, so we rest before the next try" if resting else ""
        yield _health(one, fault, "", None, (), None, last[name])


def _asked(one: Connected, last: datetime | None) -> Health:
    times: list[float] = []
    try:
        for _ in range(ROUNDS):
            began = time.perf_counter()
            proof = one.connector.check(one.given)
            times.append(1000 * (time.perf_counter() - began))
    except ConnectorError as error:
        return _health(one, str(error), "", None, (), None, last)
    return _health(one, "", proof.account, statistics.median(times), proof.rights, proof.expires, last)


def _health(
    one: Connected,
    fault: str,
    account: str,
    latency: float | None,
    rights: tuple[Right, ...],
    expires: date | None,
    last: datetime | None,
) -> Health:
    return Health(
        system=one.connector.system,
        title=one.connector.title,
        twin=one.twin is not None,
        fault=fault,
        account=account,
        latency_ms=latency,
        rights=rights,
        expires=expires,
        vitals=one.given.vitals(),
        resting=one.roles.wire.breaker.resting,
        last_event=last,
        tried_live=one.connector.tried_live,
        awaits_events=one.twin is None and bool(one.connector.webhook) and last is None,
    )


def _last_events(systems: Systems, store: Store) -> Mapping[str, datetime | None]:
    with store.begin() as tx:
        return {name: tx.inbox.last_of(name) for name in systems.connected}


def examine_desk(settings: Settings, tell: Tell) -> Iterator[Health]:
    """`examine`, of a desk that need not be at work."""
    systems = connect_systems(settings, load_folder(settings), now, tell)
    with open_store(settings) as store:
        yield from examine(systems, store)
    yield from examine_mail(settings, systems.mail)


def examine_mail(settings: Settings, mailer: SmtpMailer | None) -> Iterator[Health]:
    """The way out for letters and the mailbox, where they are no twins: each is signed in to, and nothing is sent."""
    out, box = settings.table.systems.mail, settings.table.channels.email
    if mailer and out and not out.twin:
        yield _signed_in("mail", "Mail server", mailer.check)
    if box and not box.twin:
        at = mail_server(settings, box, None)
        yield _signed_in("email", "Mailbox", Mailbox(at, box.folder).check)
        if box.sent:
            yield _signed_in("email.sent", "Folder of sent letters", Mailbox(at, box.sent).check)


def _signed_in(system: str, title: str, check: Callable[[], str]) -> Health:
    fault, account, latency, began = "", "", None, time.perf_counter()
    try:
        account = check()
        latency = 1000 * (time.perf_counter() - began)
    except ConnectorError as error:
        fault = str(error)
    return Health(system, title, False, fault, account, latency, (), None, NEVER_ASKED, 0, None, tried_live=False)

"""Writing first: the rules with all that they read, their durable runs, and the loop beside all other work."""

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from zoneinfo import ZoneInfo

from deskhand.bootstrap.every import every
from deskhand.bootstrap.folder.folder import Folder
from deskhand.bootstrap.secret import desk_secret
from deskhand.bootstrap.systems.systems import Systems
from deskhand.domain.journal_line import JournalLine
from deskhand.infrastructure.engine.engine import Engine
from deskhand.infrastructure.receipt_token import OPT_OUT, token_of
from deskhand.settings import Settings
from deskhand.workflows.desk import Desk
from deskhand.workflows.outreach import UTC, Outreach
from deskhand.workflows.park import park
from deskhand.workflows.reach_out import reach_out
from deskhand.workflows.settle_contact import STORY, settle_contact

log = logging.getLogger(__name__)
LinesOf = Callable[..., Iterator[JournalLine]]


def build_outreach(settings: Settings, folder: Folder, systems: Systems, billing_events: LinesOf) -> Outreach:
    """`billing_events(after=...)` are the journal's lines of them behind that number."""
    table, secret, address = settings.table, desk_secret(settings), settings.table.receipts.address
    asked = systems.event_records
    zone = ZoneInfo(table.calendar.zone) if table.calendar else UTC
    return Outreach(
        rules=folder.rules,
        ask=(lambda question: asked.ask(question, {})) if asked else None,
        billing_lines=lambda after: billing_events(after=after),
        stages=table.rollout.proactive,
        link=lambda customer: f"{address}/unsubscribe/{token_of(customer, secret, OPT_OUT)}" if address else "",
        zone=zone,
    )


def register_contacts(engine: Engine, desk: Desk, outreach: Outreach) -> None:
    """What an agent decided about a message of ours is a durable run, as every other decision is."""

    def settle(suggestion: str) -> str:
        return settle_contact(desk, outreach, suggestion)

    def parked(ticket: str, key: str, why: str) -> None:
        park(desk.store, ticket, key, why, queue=desk.voice.default_queue, now=desk.clock())

    engine.register(STORY, settle, parked)


def reaching_out(desk: Desk, outreach: Outreach, minutes: float) -> AbstractContextManager[None]:
    """Until the block ends, a round every so many minutes; 0 for never."""
    told = set[str]()

    def reach() -> None:
        came = reach_out(desk, outreach)
        for problem in came.problems:
            if problem not in told:  # once, and not at every round
                log.warning("writing first: %s", problem)
        told.clear()
        told.update(came.problems)

    return every(60 * minutes if outreach.rules else 0, reach, "writing first", at_once=True)

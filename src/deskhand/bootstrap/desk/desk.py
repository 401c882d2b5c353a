"""What every story works with: ports filled with adapters."""

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from zoneinfo import ZoneInfo

from deskhand.bootstrap.brains.brains import brains
from deskhand.bootstrap.connections.connectors import Clock
from deskhand.bootstrap.connections.tools import tool_look_ups
from deskhand.bootstrap.desk.alert_ways import alert_ways
from deskhand.bootstrap.desk.attachments import scanner
from deskhand.bootstrap.desk.links import Links
from deskhand.bootstrap.desk.reading import build_reading
from deskhand.bootstrap.desk.report_ways import report_ways
from deskhand.bootstrap.folder.folder import Folder
from deskhand.bootstrap.secret import desk_secret
from deskhand.bootstrap.systems.systems import Systems
from deskhand.connectors.slack.client import SlackClient
from deskhand.context.addressed import LivePermissions
from deskhand.context.identify import Customers, Hints
from deskhand.context.lookups.catalogue import LookUps
from deskhand.context.lookups.frozen import FrozenFacts
from deskhand.domain.effect import Effect
from deskhand.domain.link import Link
from deskhand.domain.model_call import Allowance
from deskhand.domain.ref import Ref
from deskhand.domain.survey import Survey
from deskhand.execution.doors import Reads, Writes
from deskhand.execution.executor import Executor
from deskhand.execution.gate import Gate
from deskhand.infrastructure.brain.tone import Tones
from deskhand.infrastructure.library.library import KeptLibrary
from deskhand.infrastructure.one_time_codes import HmacCodes
from deskhand.infrastructure.search.embedder import MiniLM
from deskhand.infrastructure.storage.conversations import Conversations
from deskhand.infrastructure.storage.ledger import SqlLedger
from deskhand.infrastructure.storage.store import SqlStore
from deskhand.infrastructure.telemetry import span
from deskhand.policy.breakers import Breakers
from deskhand.ports.reads import AttachmentReads, TicketDesk
from deskhand.ports.steps import About, Step
from deskhand.ports.writes import Mailer, TicketWriter
from deskhand.rollout.control import Control
from deskhand.settings import Settings
from deskhand.workflows.desk import Desk, Patience, Proving, Voice
from deskhand.workflows.whose_words import WithAgents


@dataclass(frozen=True)
class Ground:
    """What a desk stands on, whether it works or replays. `grace`: how long a request whose answer was lost may still
    be on its way."""

    settings: Settings
    folder: Folder
    systems: Systems
    store: SqlStore
    library: KeptLibrary
    embed: MiniLM
    step: Step
    pause: Callable[[float], None]
    about: About
    conversations: Conversations
    clock: Clock
    grace: timedelta


@dataclass(frozen=True)
class Ways:
    """How a desk differs from another on the same ground. `mailer`: in place of `[systems.mail]`. `replies`: what
    answers in conversations of ours, where they have another way out than being kept; `files`: what fetches what is
    attached there. `writes`: what effects go through, in place of the systems themselves; `past`: what shows tickets,
    in place of the help desks and of our own conversations; `frozen`: answers that are given to look-ups; `control`:
    whether this folder has to be approved."""

    mailer: Mailer | None = None
    replies: TicketWriter | None = None
    files: Mapping[str, AttachmentReads] = field(default_factory=dict)
    slack: SlackClient | None = None
    writes: Writes | None = None
    past: Mapping[str, TicketDesk] | None = None
    frozen: FrozenFacts | None = None
    control: Control = field(default_factory=Control)


def build_desk(ground: Ground, ways: Ways, stack: ExitStack) -> Desk:
    """Ports filled with adapters; `stack` closes what has to be closed."""
    settings, folder, systems, store, clock = ground.settings, ground.folder, ground.systems, ground.store, ground.clock
    table, embed = settings.table, ground.embed
    knowledge, reader, precedents = build_reading(settings, folder, store, ground.library, embed)
    look_ups = _look_ups(ground, ways)
    thinking = brains(settings, folder, look_ups, reader, clock, stack)
    mailer = ways.mailer or systems.mail
    calendar = table.calendar.calendar if table.calendar else None
    desks = ways.past or _desks(ground)
    customers = _customers(ground)
    permissions = LivePermissions({str(one.family): one for one in folder.rules}, customers, look_ups)
    reads = Reads(systems.ledger, desks, systems.own, systems.relations, permissions if folder.rules else None)
    gate = Gate(folder.policy, reads, store, folder.actions, calendar)
    breakers = Breakers(table.breakers.actions_per_minute or None, table.breakers.caps)
    notice = table.ai_notice.notice(table.company, table.languages[0])
    links = Links(table.receipts.address, desk_secret(settings))
    return Desk(
        clock=clock,
        timer=time.perf_counter,
        span=span,
        step=ground.step,
        pause=ground.pause,
        about=ground.about,
        store=store,
        desks=desks,
        due=systems.due,
        customers=customers,
        billing=systems.ledger,
        look_ups=look_ups,
        knowledge=knowledge,
        precedents=precedents,
        reader=thinking.reader,
        agreed=reader.agreed,
        planner=thinking.planner,
        judge=thinking.judge,
        hidden=thinking.hidden,
        similarity=lambda one, other: float(embed([one])[0] @ embed([other])[0]),
        hear=Tones(embed),
        procedures={one.id: one for one in folder.procedures},
        actions=folder.actions,
        policy=folder.policy,
        calendar=calendar,
        routing=table.routing.routing(table.default_queue, table.languages, calendar),
        rollout=table.rollout.rollout,
        trials=tuple(one.trial(name) for name, one in table.rollout.trials.items()),
        seconds=folder.seconds,
        tried=thinking.tried,
        gate=gate,
        executor=Executor(
            gate,
            store,
            ways.writes or _writes(ground, ways, mailer),
            folder.actions,
            clock,
            ground.grace,
            breakers,
            notice,
        ),
        notice=notice,
        voice=Voice(table.company, table.signature, tuple(table.languages), table.default_queue, table.replies.trusted),
        allowance=Allowance(table.models.ticket_calls, table.models.ticket_tokens, table.models.ticket_dollars),
        masks=frozenset(table.privacy.mask),
        receipt_link=links.receipt,
        summary_link=links.summary,
        codes=HmacCodes(desk_secret(settings)),
        proving=_proving(settings, sends=mailer is not None),
        files={**systems.files, **ways.files},
        limits=table.attachments.limits,
        scanner=scanner(settings),
        grader=thinking.grader,
        control=ways.control,
        survey=Survey(ask=table.csat.ask, link=links.rating),
        closing=table.outcomes.closing(
            ZoneInfo(table.calendar.zone) if table.calendar else ZoneInfo("UTC"),
            letters=mailer is not None and table.channels.email is not None,
        ),
        patience=_patience(settings),
    )


def _look_ups(ground: Ground, ways: Ways) -> LookUps:
    systems = ground.systems
    ledger = systems.ledger if systems.ledger.system else None
    tools = tool_look_ups(ground.folder.tools, systems.own, ground.clock)
    found = LookUps(ledger, systems.records, ground.clock, systems.relations, tools)
    return ways.frozen.over(found) if ways.frozen else found


def _desks(ground: Ground) -> dict[str, TicketDesk]:
    """Every help desk, and our own conversations, with what agents wrote by us told as theirs."""

    def written(ticket: str) -> Sequence[Effect]:
        with ground.store.engine.connect() as connection:  # reads alone: it may be asked within a transaction
            return SqlLedger(connection).of_ticket(ticket)

    every: dict[str, TicketDesk] = {**ground.systems.tickets, ground.conversations.system: ground.conversations}
    return {name: WithAgents(one, written) for name, one in every.items()}


def _customers(ground: Ground) -> Customers:
    def among(refs: Collection[Ref]) -> Sequence[Link]:
        with ground.store.begin() as tx:
            return tx.links.among(refs)

    identity = ground.settings.table.identity
    return Customers(ground.systems.directories, Hints(identity.external_id, identity.same), among)


def _writes(ground: Ground, ways: Ways, mailer: Mailer | None) -> Writes:
    """The systems themselves, the ways out of our own conversations, and those by which people are told."""
    systems, hosted = ground.systems, ground.conversations
    alerts = {**alert_ways(ground.settings, mailer, ways.slack), **report_ways(ground.settings, mailer)}
    writers: dict[str, TicketWriter] = {**systems.replies, hosted.system: ways.replies or hosted}
    others = (systems.help_desk, systems.own, systems.relations_writer)
    return Writes(systems.writer, writers, mailer, *others, alerts, hosted=hosted.system)


def _proving(settings: Settings, *, sends: bool) -> Proving:
    identity = settings.table.identity
    return Proving(
        sends=sends,
        code=timedelta(minutes=identity.code_minutes),
        proof=timedelta(minutes=identity.proof_minutes),
        changes=identity.changes,
        recent=timedelta(days=identity.recent_days),
    )


def _patience(settings: Settings) -> Patience:
    waiting = settings.table.waiting
    return Patience(
        suggestion=timedelta(hours=waiting.suggestion_hours),
        confirmation=timedelta(hours=waiting.confirmation_hours),
        rounds=tuple(waiting.silent_system_seconds),
    )

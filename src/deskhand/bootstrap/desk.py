"""What every story works with, and the stories as durable runs."""

import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from datetime import timedelta
from zoneinfo import ZoneInfo

from deskhand.bootstrap.attachments import scanner
from deskhand.bootstrap.brains import brains
from deskhand.bootstrap.connectors import Clock
from deskhand.bootstrap.drift import alert_ways
from deskhand.bootstrap.folder import Folder
from deskhand.bootstrap.library import names_of
from deskhand.bootstrap.report_ways import report_ways
from deskhand.bootstrap.secret import desk_secret
from deskhand.bootstrap.systems import Systems
from deskhand.bootstrap.tools import tool_look_ups
from deskhand.connectors.slack.client import SlackClient
from deskhand.context.addressed import LivePermissions
from deskhand.context.identify import Customers, Hints
from deskhand.context.lookups.catalogue import LookUps
from deskhand.context.lookups.frozen import FrozenFacts
from deskhand.domain.effect import Effect
from deskhand.domain.link import Link
from deskhand.domain.model_call import Allowance
from deskhand.domain.outcome import RunResult
from deskhand.domain.ref import Ref
from deskhand.domain.survey import Survey
from deskhand.execution.doors import Reads, Writes
from deskhand.execution.executor import Executor
from deskhand.execution.gate import Gate
from deskhand.infrastructure.brain.reader import BuiltInReader, background, floor_of, spelling_of
from deskhand.infrastructure.brain.spelling import SpellingNow
from deskhand.infrastructure.brain.taught import Taught
from deskhand.infrastructure.brain.tone import Tones
from deskhand.infrastructure.engine.engine import Engine
from deskhand.infrastructure.library.finding import Finder
from deskhand.infrastructure.library.library import KeptLibrary
from deskhand.infrastructure.library.renewed import Renewed
from deskhand.infrastructure.one_time_codes import HmacCodes
from deskhand.infrastructure.receipt_token import RATING, token_of
from deskhand.infrastructure.search.embedder import MiniLM
from deskhand.infrastructure.search.precedents import NearExamples
from deskhand.infrastructure.search.vector_cache import VectorCache
from deskhand.infrastructure.storage.conversations import Conversations
from deskhand.infrastructure.storage.examples import KeptExamples
from deskhand.infrastructure.storage.ledger import SqlLedger
from deskhand.infrastructure.storage.store import SqlStore
from deskhand.infrastructure.telemetry import span
from deskhand.policy.breakers import Breakers
from deskhand.ports.reads import AttachmentReads, TicketDesk
from deskhand.ports.search import NoPrecedents, Precedents
from deskhand.ports.steps import Step
from deskhand.ports.writes import Mailer, TicketWriter
from deskhand.rollout.control import Control
from deskhand.settings import Settings
from deskhand.workflows.billing_event import follow_refund
from deskhand.workflows.by_click import Clicked
from deskhand.workflows.contest import contest_effect
from deskhand.workflows.correct import name_of, note_correction
from deskhand.workflows.desk import Desk, Patience, Proving, Voice
from deskhand.workflows.merge import merge_tickets
from deskhand.workflows.park import park
from deskhand.workflows.reconcile import reconcile_effect
from deskhand.workflows.resolve_message import resolve_message
from deskhand.workflows.send_transcript import STORY as TRANSCRIPT
from deskhand.workflows.send_transcript import send_transcript
from deskhand.workflows.settle_decision import expire_suggestion, settle_decision
from deskhand.workflows.think_again import think_again
from deskhand.workflows.undo import undo_effect
from deskhand.workflows.watch_handoff import STORY, watch_handoff
from deskhand.workflows.whose_words import WithAgents

OWN_WORDS = 4_000_000  # characters of articles that spelling learns from


class Stopwatch:
    """Wall and CPU milliseconds of each run of a message, for `bench`; `laps` in the order in which runs ended.

    The CPU of the threads that speak to models is counted, too: right only when one message runs at a time.
    """

    def __init__(self) -> None:
        self.laps: list[tuple[float, float]] = []

    @contextmanager
    def lap(self) -> Iterator[None]:
        wall, cpu = time.perf_counter(), time.thread_time() + _models_cpu()
        yield
        spent = time.thread_time() + _models_cpu() - cpu
        self.laps.append((1000 * (time.perf_counter() - wall), 1000 * spent))


def _models_cpu() -> float:
    """Seconds, of the threads in which models are waited for."""
    own = [one for one in threading.enumerate() if one.name.startswith("models") and one.ident]
    return sum(time.clock_gettime(time.pthread_getcpuclockid(one.ident or 0)) for one in own)


def build_desk(
    settings: Settings,
    folder: Folder,
    systems: Systems,
    store: SqlStore,
    library: KeptLibrary,
    embed: MiniLM,
    step: Step,
    pause: Callable[[float], None],
    conversations: Conversations,
    clock: Clock,
    grace: timedelta,
    stack: ExitStack,
    mailer: Mailer | None = None,
    replies: TicketWriter | None = None,
    files: Mapping[str, AttachmentReads] | None = None,
    slack: SlackClient | None = None,
    writes: Writes | None = None,
    past: Mapping[str, TicketDesk] | None = None,
    frozen: FrozenFacts | None = None,
    control: Control | None = None,
) -> Desk:
    """Ports filled with adapters; `stack` closes what has to be closed. `replies`: what answers in conversations of
    ours, where they have another way out than being kept; `files`: what fetches what is attached there. `writes`:
    what effects go through, in place of the systems themselves; `past`: what shows tickets, in place of the help desks
    and of our own conversations; `frozen`: answers that are given to look-ups;
    `control`: whether this folder has to be approved."""
    table = settings.table
    knowledge, reader, precedents = build_reading(settings, folder, store, library, embed)
    tools = tool_look_ups(folder.tools, systems.own, clock)
    ledger = systems.ledger if systems.ledger.system else None
    look_ups = LookUps(ledger, systems.records, clock, systems.relations, tools)
    look_ups = frozen.over(look_ups) if frozen else look_ups
    thinking = brains(settings, folder, look_ups, reader, clock, stack)
    mailer = mailer or systems.mail
    calendar = table.calendar.calendar if table.calendar else None

    def written(ticket: str) -> Sequence[Effect]:
        with store.engine.connect() as connection:  # reads alone: it may be asked within a transaction
            return SqlLedger(connection).of_ticket(ticket)

    every: dict[str, TicketDesk] = {**systems.tickets, conversations.system: conversations}
    desks = past or {name: WithAgents(one, written) for name, one in every.items()}

    def among(refs: Collection[Ref]) -> Sequence[Link]:
        with store.begin() as tx:
            return tx.links.among(refs)

    hints = Hints(table.identity.external_id, table.identity.same)
    customers = Customers(systems.directories, hints, among)
    permissions = LivePermissions({str(one.family): one for one in folder.rules}, customers, look_ups)
    reads = Reads(systems.ledger, desks, systems.own, systems.relations, permissions if folder.rules else None)
    gate = Gate(folder.policy, reads, store, folder.actions, calendar)
    alerts = {**alert_ways(settings, mailer, slack), **report_ways(settings, mailer)}
    if writes is None:
        writers: dict[str, TicketWriter] = {**systems.replies, conversations.system: replies or conversations}
        others = (systems.help_desk, systems.own, systems.relations_writer)
        writes = Writes(systems.writer, writers, mailer, *others, alerts, hosted=conversations.system)
    waiting, address, secret = table.waiting, table.receipts.address, desk_secret(settings)
    breakers = Breakers(table.breakers.actions_per_minute or None, table.breakers.caps)
    notice = table.ai_notice.notice(table.company, table.languages[0])
    return Desk(
        clock=clock,
        timer=time.perf_counter,
        span=span,
        step=step,
        pause=pause,
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
            writes,
            folder.actions,
            clock,
            grace,
            breakers,
            notice,
        ),
        notice=notice,
        voice=Voice(table.company, table.signature, tuple(table.languages), table.default_queue, table.replies.trusted),
        allowance=Allowance(table.models.ticket_calls, table.models.ticket_tokens, table.models.ticket_dollars),
        masks=frozenset(table.privacy.mask),
        receipt_link=lambda key: f"{address}/receipts/{token_of(key, secret)}" if address else "",
        summary_link=lambda ticket, message: (
            f"{address}/summaries/{token_of(name_of(ticket, message), secret)}" if address else ""
        ),
        codes=HmacCodes(desk_secret(settings)),
        proving=Proving(
            sends=mailer is not None,
            code=timedelta(minutes=table.identity.code_minutes),
            proof=timedelta(minutes=table.identity.proof_minutes),
            changes=table.identity.changes,
            recent=timedelta(days=table.identity.recent_days),
        ),
        files={**systems.files, **(files or {})},
        limits=table.attachments.limits,
        scanner=scanner(settings),
        grader=thinking.grader,
        control=control or Control(),
        survey=Survey(
            ask=table.csat.ask,
            link=lambda name: f"{address}/ratings/{token_of(name, secret, RATING)}" if address else "",
        ),
        closing=table.outcomes.closing(
            ZoneInfo(table.calendar.zone) if table.calendar else ZoneInfo("UTC"),
            letters=mailer is not None and table.channels.email is not None,
        ),
        patience=Patience(
            suggestion=timedelta(hours=waiting.suggestion_hours),
            confirmation=timedelta(hours=waiting.confirmation_hours),
            rounds=tuple(waiting.silent_system_seconds),
        ),
    )


def build_reading(
    settings: Settings, folder: Folder, store: SqlStore, library: KeptLibrary, embed: MiniLM
) -> tuple[Finder, BuiltInReader, Precedents]:
    """What finds articles, reads messages, and finds former suggestions; all of it follows the library as it moves."""
    cache = VectorCache(settings.state / "vectors.sqlite")
    knowledge = Finder(store.engine, embed, library.embedder, lambda text: spelling(text))
    knowledge.look()
    own_words = Renewed(
        lambda: spelling_of(folder.procedures, library.texts(OWN_WORDS), names=names_of(settings)),
        lambda: knowledge.version,
    )
    spelling = SpellingNow(own_words)
    foreign = cache.vectors(embed, background())
    floor = Renewed(lambda: floor_of(knowledge.nearest(foreign)), lambda: knowledge.version)
    precedents: Precedents = NoPrecedents()
    taught = None
    if settings.table.feedback.use:
        kept, forgettable = KeptExamples(store.engine), example_cache(settings)
        precedents = NearExamples(embed, forgettable, kept, spelling)
        taught = Taught(embed, forgettable, kept, spelling)
    reader = BuiltInReader(
        folder.procedures, embed, knowledge, spelling=spelling, cache=cache, floor=floor, taught=taught
    )
    return knowledge, reader, precedents


def example_cache(settings: Settings) -> VectorCache:
    """Apart from that of articles: when an example is erased, all of it is."""
    return VectorCache(settings.state / "examples.sqlite")


def register(engine: Engine, desk: Desk, watch: Stopwatch | None) -> None:
    """Stories are plain functions; here they get the desk and become durable runs."""

    def resolve(ticket: str, message: str, stage: str = "") -> RunResult:
        with watch.lap() if watch else nullcontext():
            return resolve_message(desk, ticket, message, stage)

    def settle(suggestion: str) -> RunResult:
        return settle_decision(desk, suggestion)

    def expire(suggestion: str) -> None:
        expire_suggestion(desk, suggestion)

    def again(ticket: str, message: str, guidance: str, stage: str, suggestion: str) -> RunResult:
        return think_again(desk, ticket, message, guidance, stage, suggestion)

    def undo(key: str, by: str, roles: str) -> Clicked:
        return undo_effect(desk, key, by, roles)

    def merged(ticket: str, into: str, by: str, roles: str) -> Clicked:
        return merge_tickets(desk, ticket, into, by, roles)

    def reconcile(key: str, tries: str) -> None:
        reconcile_effect(desk, key, tries)

    def contested(key: str, words: str) -> None:
        contest_effect(desk, key, words)

    def corrected(id: str) -> None:
        note_correction(desk, id)

    def follow(refund: str) -> None:
        follow_refund(desk, refund)

    def watched(ticket: str, message: str, what: str, tries: str) -> None:
        watch_handoff(desk, ticket, message, what, tries)

    def transcript(ticket: str, last: str, language: str) -> None:
        send_transcript(desk, ticket, last, language)

    def parked(ticket: str, key: str, why: str) -> None:
        park(desk.store, ticket, key, why, queue=desk.voice.default_queue, now=desk.clock())

    engine.register("resolve_message", resolve, parked)
    engine.register("settle_decision", settle, parked)
    engine.register("expire_suggestion", expire, parked)
    engine.register("think_again", again, parked)
    engine.register("undo_effect", undo, parked)
    engine.register("merge_tickets", merged, parked)
    engine.register("reconcile_effect", reconcile, parked)
    engine.register("contest_effect", contested, parked)
    engine.register("note_correction", corrected, parked)
    engine.register("billing_event", follow)
    engine.register(TRANSCRIPT, transcript)
    engine.register(STORY, watched, parked)

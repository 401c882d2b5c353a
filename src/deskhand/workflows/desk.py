"""Everything a story works with, built once by `bootstrap/`. Layers never see it: they get ports and values."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from deskhand.context.identify import Customers
from deskhand.context.lookups.catalogue import LookUps
from deskhand.domain.ai_notice import Notice
from deskhand.domain.calendar import Calendar
from deskhand.domain.closing import Closing
from deskhand.domain.contact import Contact
from deskhand.domain.model_call import Allowance
from deskhand.domain.routing import Routing
from deskhand.domain.survey import Survey
from deskhand.execution.executor import Executor
from deskhand.execution.gate import Gate
from deskhand.execution.kind import ActionKind, Nature
from deskhand.policy.attachments import Limits
from deskhand.policy.policy import Policy
from deskhand.ports.codes import Codes
from deskhand.ports.reads import AttachmentReads, BillingLedger, DueTimes, TicketDesk
from deskhand.ports.reasoning import Agreed, Grader, Judge, Planner, Reader
from deskhand.ports.scanner import Scanner
from deskhand.ports.search import Knowledge, Precedents
from deskhand.ports.steps import About, Step
from deskhand.ports.store import Store
from deskhand.ports.tone import Hear
from deskhand.procedures.procedure import Procedure
from deskhand.rollout.control import Control
from deskhand.rollout.stage import Rollout
from deskhand.rollout.trial import Trial

SILENT = Notice("", elsewhere=True)  # no letter of this desk says who sends it


@dataclass(frozen=True)
class Voice:
    """How the assistant writes: who it is, which languages it answers in (ISO 639-1), and to which hosts it may send
    people."""

    company: str
    signature: str
    languages: tuple[str, ...]
    default_queue: str
    hosts: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Patience:
    """How long we wait: for an agent, for a customer's yes, and (in seconds, round by round) for a silent system."""

    suggestion: timedelta = timedelta(hours=72)
    confirmation: timedelta = timedelta(hours=72)
    rounds: tuple[float, ...] = (5.0, 35.0, 60.0)


@dataclass(frozen=True)
class Proving:
    """How customers prove who they are. `sends`: whether there is a way to send a code; `code` and `proof`: how long
    each holds. `changes`: by sign of a take-over, the field of a look-up that says when it was; it counts while it is
    `recent`."""

    sends: bool = False
    code: timedelta = timedelta(minutes=10)
    proof: timedelta = timedelta(minutes=30)
    changes: Mapping[str, str] = field(default_factory=dict)
    recent: timedelta = timedelta(days=7)


@dataclass(frozen=True)
class Desk:
    """`clock` gives aware UTC times, `timer` seconds for measuring; `span` tells whoever watches
    how long a layer took; `pause` waits durably within a run, and `about` tells it whose words it has read; `allowance`
    is what models may cost on one ticket; `agreed` reads an answer to our own yes-or-no question, and no brain has a
    say in it; `routing` says who works on what when; `masks` are the kinds of contact that no brain is shown; `hidden`
    are texts that no customer may ever read; `receipt_link` is the
    public address of an effect's receipt, from its key, `summary_link` that of what was passed on for a message of a
    ticket, or "" where this desk has none; `files` fetch what is attached, by the system of a ticket, or
    "system/channel" where channels of one system differ; `limits` say which of it an agent may have, and `scanner`
    looks at it first, None where this desk has none; `due` are help desks that are asked apart until when an answer
    is promised; `trials` compare two versions of a procedure, and `seconds` are the second ones, by trial, or
    two models, and `tried` are what plans with the second ones. `grader` judges what was sent, where one is set;
    `survey` says whether customers are asked how satisfied they are; `control` whether somebody has to approve this
    desk folder before anything is autonomous."""

    clock: Callable[[], datetime]
    timer: Callable[[], float]
    span: Callable[[str], AbstractContextManager[object]]
    step: Step
    pause: Callable[[float], None]
    about: About
    store: Store
    desks: Mapping[str, TicketDesk]
    customers: Customers
    billing: BillingLedger
    look_ups: LookUps
    knowledge: Knowledge
    precedents: Precedents
    reader: Reader
    agreed: Agreed
    planner: Planner
    judge: Judge | None
    hidden: tuple[str, ...]
    similarity: Callable[[str, str], float]
    hear: Hear
    procedures: Mapping[str, Procedure]
    actions: Mapping[str, ActionKind]
    policy: Policy
    calendar: Calendar | None
    routing: Routing
    rollout: Rollout
    gate: Gate
    executor: Executor
    voice: Voice
    allowance: Allowance
    masks: frozenset[Contact]
    receipt_link: Callable[[str], str]
    summary_link: Callable[[str, str], str]
    codes: Codes
    proving: Proving = field(default_factory=Proving)
    patience: Patience = field(default_factory=Patience)
    closing: Closing = field(default_factory=Closing)
    files: Mapping[str, AttachmentReads] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    scanner: Scanner | None = None
    due: Mapping[str, DueTimes] = field(default_factory=dict)
    trials: tuple[Trial, ...] = ()
    seconds: Mapping[str, Procedure] = field(default_factory=dict)
    tried: Mapping[str, Planner] = field(default_factory=dict)
    grader: Grader | None = None
    survey: Survey = field(default_factory=Survey)
    control: Control = field(default_factory=Control)
    notice: Notice = SILENT

    @property
    def adverse(self) -> frozenset[str]:
        """The actions that take something from a customer."""
        return frozenset(name for name, kind in self.actions.items() if kind.nature is Nature.ADVERSE)

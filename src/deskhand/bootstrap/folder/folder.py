"""What a desk folder holds, or every fault in it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from deskhand.bootstrap.connections.connectors import Named, named, roles_of
from deskhand.bootstrap.connections.tools import tool_questions
from deskhand.bootstrap.folder.at_odds import (
    anybodys,
    change_faults,
    foreign_links,
    proactive_faults,
    rollout_faults,
    routing_faults,
)
from deskhand.bootstrap.folder.draft_notes import draft_notes
from deskhand.bootstrap.folder.files import texts
from deskhand.bootstrap.folder.parts import questions, seconds
from deskhand.connectors.knowledge_folder.articles import read_articles
from deskhand.connectors.manifest import Role
from deskhand.connectors.own.lookup import ToolQuestion
from deskhand.connectors.records.question import Question
from deskhand.connectors.world import SITUATIONS
from deskhand.context.lookups import billing, relations
from deskhand.domain.article import Article
from deskhand.domain.errors import DeskFault, Fault
from deskhand.domain.finding import LookupSpec
from deskhand.domain.outreach import CONTACT
from deskhand.execution.catalogue.all_actions import ACTIONS, schema_of, with_own
from deskhand.execution.catalogue.own.action import OwnAction
from deskhand.execution.catalogue.own.loading import load_actions
from deskhand.execution.kind import ActionKind
from deskhand.golden.loading import KnownToGolden, load_golden
from deskhand.golden.ticket import Golden
from deskhand.policy.case_file import load_cases
from deskhand.policy.loading import load_policies
from deskhand.policy.policy import Policy
from deskhand.policy.rule_text import DEFAULT
from deskhand.proactive.loading import Known as KnownToRules
from deskhand.proactive.loading import load_rules
from deskhand.proactive.rule import Rule
from deskhand.procedures.draft import DRAFTS
from deskhand.procedures.loading import Known, load_procedures
from deskhand.procedures.procedure import ActionShape, Procedure
from deskhand.settings import Settings

T = TypeVar("T")


@dataclass(frozen=True)
class Folder:
    """A desk folder without a fault. `notes` are worth a look, and no faults; `own` are the company's own actions;
    `rules` say whom to write to first, and `events` are the questions that find out; `seconds` are the second versions
    of procedures, by trial; `golden` are the company's tests of all this, drafts among them. `drafts`: how many drafts
    of procedures lie there; none of them does anything."""

    policy: Policy
    procedures: tuple[Procedure, ...]
    articles: tuple[Article, ...]
    questions: tuple[Question, ...]
    notes: tuple[Fault, ...]
    own: Mapping[str, OwnAction] = field(default_factory=dict)
    tools: tuple[ToolQuestion, ...] = ()
    rules: tuple[Rule, ...] = ()
    events: tuple[Question, ...] = ()
    seconds: Mapping[str, Procedure] = field(default_factory=dict)
    golden: tuple[Golden, ...] = ()
    drafts: int = 0

    @property
    def actions(self) -> Mapping[str, ActionKind]:
        """Every action that this desk knows, by name."""
        return with_own(self.own)


def load_folder(settings: Settings) -> Folder:
    """Everything that a desk folder holds, or `DeskFault` with every fault of every file."""
    found, table = Found(), settings.table
    systems = found.of(lambda: named(settings))
    articles = found.of(lambda: read_articles(settings.folder / table.articles)) or ()
    own, policy = _rules(settings, found)
    asked = found.of(lambda: questions(settings)) or ()
    tools = found.of(lambda: tool_questions(settings)) or ()
    queues = policy.queues if policy else frozenset()
    if policy and table.default_queue not in queues:
        found.fault(settings, f"default_queue {table.default_queue!r} is a queue of no policy file")
    specs = _look_ups(systems, asked, tools)
    found.faults += change_faults(settings, specs)
    # Whom we write to first is for rules over events to say: no procedure proposes it.
    kinds = {name: kind for name, kind in with_own(own or {}).items() if name != CONTACT}
    shapes = {name: ActionShape(name, kind.arguments, kind.receipt) for name, kind in kinds.items()}
    known = Known(specs, shapes, {one.source for one in articles}, queues)
    written = found.of(lambda: texts(settings.folder, "procedures")) or {}
    procedures = found.of(lambda: load_procedures(written, known)) or () if own is not None else ()
    second = found.of(lambda: seconds(settings, known, procedures)) or {}
    events = found.of(lambda: questions(settings, events=True)) or ()
    rules = _contact_rules(settings, found, events, specs, procedures)
    golden = _golden(settings, found, known, policy, procedures)
    ids = {one.id for one in procedures}
    if not found.faults:
        found.faults += [
            *rollout_faults(settings, ids),
            *routing_faults(settings, ids, queues),
            *proactive_faults(settings, rules),
        ]
    drafts = found.of(lambda: texts(settings.folder, DRAFTS)) or {}
    if found.faults or policy is None:
        raise DeskFault(tuple(found.faults))
    notes = (
        *policy.notes,
        *(note for one in procedures for note in one.notes),
        *foreign_links(settings, articles),
        *anybodys(policy, own or {}),
        *draft_notes(drafts, known, ids),
    )
    return Folder(
        policy, procedures, articles, asked, notes, own or {}, tools, rules, events, second, golden, len(drafts)
    )


class Found:
    """What is wrong so far: a part with faults is left out, and the others are read all the same."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def of(self, load: Callable[[], T]) -> T | None:
        try:
            return load()
        except DeskFault as fault:
            self.faults.extend(fault.faults)
            return None

    def fault(self, settings: Settings, what: str) -> None:
        self.faults.append(Fault(str(settings.folder / "desk.toml"), 1, what))


def _rules(settings: Settings, found: Found) -> tuple[Mapping[str, OwnAction] | None, Policy | None]:
    """The company's own actions, and the policy over all; None for what has a fault."""
    systems = {name: one.kind for name, one in settings.table.systems.own.items()}
    written = found.of(lambda: texts(settings.folder, "actions")) or {}
    own = found.of(lambda: load_actions(written, systems, ACTIONS))
    if own is None:  # every rule on one of them would be a fault, too, and bury what is really wrong
        return None, None
    schema = schema_of(with_own(own))
    policy = found.of(lambda: load_policies(texts(settings.folder, "policies") | written, schema))
    cases = found.of(lambda: texts(settings.folder, "policies/tests")) or {}
    if policy:
        found.of(lambda: load_cases(cases, policy))
    return own, policy


def _look_ups(
    systems: Mapping[str, Named] | None, asked: Iterable[Question], tools: Iterable[ToolQuestion]
) -> dict[str, LookupSpec]:
    """By name. With a fault in [systems] every look-up there would be a fault, too, and bury what is really wrong."""
    plays = frozenset(Role) if systems is None else roles_of(systems.values())
    known = (
        *(billing.SPECS if Role.BILLING in plays else ()),
        *(relations.SPECS if Role.RELATIONS in plays else ()),
        *(one.spec() for one in asked),
        *(one.spec() for one in tools),
    )
    return {one.name: one for one in known}


def _contact_rules(
    settings: Settings,
    found: Found,
    events: Iterable[Question],
    specs: Mapping[str, LookupSpec],
    procedures: Iterable[Procedure],
) -> tuple[Rule, ...]:
    columns = {one.name: one.spec().rows for one in events}
    seen = KnownToRules(columns, specs, frozenset(one.id for one in procedures))
    ours = found.of(lambda: texts(settings.folder, "proactive")) or {}
    return found.of(lambda: load_rules(ours, seen)) or ()


def _golden(
    settings: Settings, found: Found, known: Known, policy: Policy | None, procedures: Iterable[Procedure]
) -> tuple[Golden, ...]:
    """A fault elsewhere would make others of what these name, so that none is read then."""
    if found.faults or policy is None:
        return ()
    tests = found.of(lambda: texts(settings.folder, "golden") | texts(settings.folder, "golden/drafts")) or {}
    named_there = KnownToGolden(
        known.look_ups,
        known.actions,
        known.articles,
        policy.queues,
        frozenset(one.id for one in procedures),
        frozenset(rule.id for chapter in policy.chapters.values() for rule in chapter.rules) | {DEFAULT},
        frozenset(settings.table.people),
        SITUATIONS,
    )
    return found.of(lambda: load_golden(tests, named_there)) or ()


def faults_of_rules(settings: Settings) -> tuple[Fault, ...]:
    """Those in `proactive/` alone: what is wrong elsewhere is told where it is asked for."""
    try:
        load_folder(settings)
    except DeskFault as error:
        return tuple(one for one in error.faults if one.file.startswith("proactive/"))
    return ()

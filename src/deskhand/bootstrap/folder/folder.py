"""What a desk folder holds, or every fault in it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from deskhand.bootstrap.connections.connectors import named, roles_of
from deskhand.bootstrap.connections.tools import tool_questions
from deskhand.bootstrap.folder.draft_notes import draft_notes
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
from deskhand.domain.stage import Stage
from deskhand.execution.catalogue.all_actions import ACTIONS, schema_of, with_own
from deskhand.execution.catalogue.own.action import OwnAction
from deskhand.execution.catalogue.own.loading import load_actions
from deskhand.execution.kind import ActionKind
from deskhand.golden.loading import KnownToGolden, load_golden
from deskhand.golden.ticket import Golden
from deskhand.infrastructure.brain.signs import TOPICS
from deskhand.planning.places import addresses, leads_to
from deskhand.policy.case_file import load_cases
from deskhand.policy.loading import load_policies
from deskhand.policy.policy import Policy, RuleEffect
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
    faults: list[Fault] = []

    def loaded(load: Callable[[], T]) -> T | None:
        try:
            return load()
        except DeskFault as fault:
            faults.extend(fault.faults)
            return None

    table = settings.table
    systems_named = loaded(lambda: named(settings))
    articles = loaded(lambda: read_articles(settings.folder / table.articles)) or ()
    systems = {name: one.kind for name, one in table.systems.own.items()}
    written = loaded(lambda: _texts(settings.folder, "actions")) or {}
    own = loaded(lambda: load_actions(written, systems, ACTIONS))
    actions = with_own(own or {})
    # Without the actions every rule on one of them would be a fault, too, and bury what is really wrong.
    policy = (
        None
        if own is None
        else loaded(lambda: load_policies(_texts(settings.folder, "policies") | written, schema_of(actions)))
    )
    cases = _texts(settings.folder, "policies/tests")
    if policy:
        loaded(lambda: load_cases(cases, policy))
    questions = loaded(lambda: _questions(settings)) or ()
    tools = loaded(lambda: tool_questions(settings)) or ()
    queues = policy.queues if policy else frozenset()
    if policy and table.default_queue not in queues:
        what = f"default_queue {table.default_queue!r} is a queue of no policy file"
        faults.append(Fault(str(settings.folder / "desk.toml"), 1, what))
    # Whom we write to first is for rules over events to say: no procedure proposes it.
    shapes = {
        name: ActionShape(name, kind.arguments, kind.receipt) for name, kind in actions.items() if name != CONTACT
    }
    # With a fault in [systems] every look-up there would be a fault, too, and bury what is really wrong.
    plays = frozenset(Role) if systems_named is None else roles_of(systems_named.values())
    known_specs = (
        *(billing.SPECS if Role.BILLING in plays else ()),
        *(relations.SPECS if Role.RELATIONS in plays else ()),
        *(one.spec() for one in questions),
        *(one.spec() for one in tools),
    )
    specs = {one.name: one for one in known_specs}
    faults += _change_faults(settings, specs)
    known = Known(specs, shapes, {one.source for one in articles}, queues)
    texts = loaded(lambda: _texts(settings.folder, "procedures")) or {}
    procedures = loaded(lambda: load_procedures(texts, known)) or () if own is not None else ()
    seconds = loaded(lambda: _seconds(settings, known, procedures)) or {}
    events = loaded(lambda: _questions(settings, events=True)) or ()
    columns = {one.name: one.spec().rows for one in events}
    seen = KnownToRules(columns, specs, frozenset(one.id for one in procedures))
    ours = loaded(lambda: _texts(settings.folder, "proactive")) or {}
    rules = loaded(lambda: load_rules(ours, seen)) or ()
    golden: tuple[Golden, ...] = ()
    if not faults and policy:  # a fault elsewhere would make others of what these name
        tests = loaded(lambda: _texts(settings.folder, "golden") | _texts(settings.folder, "golden/drafts")) or {}
        named_there = KnownToGolden(
            specs,
            shapes,
            known.articles,
            queues,
            frozenset(one.id for one in procedures),
            frozenset(rule.id for chapter in policy.chapters.values() for rule in chapter.rules) | {DEFAULT},
            frozenset(table.people),
            SITUATIONS,
        )
        golden = loaded(lambda: load_golden(tests, named_there)) or ()
    if not faults:
        ids = {one.id for one in procedures}
        faults += [
            *_rollout_faults(settings, ids),
            *_routing_faults(settings, ids, queues),
            *_proactive_faults(settings, rules),
        ]
    notes = [note for one in procedures for note in one.notes]
    drafts = loaded(lambda: _texts(settings.folder, DRAFTS)) or {}
    if faults or policy is None:
        raise DeskFault(tuple(faults))
    notes += [*_foreign_links(settings, articles), *_anybodys(policy, own or {})]
    notes += draft_notes(drafts, known, {one.id for one in procedures})
    every = (*policy.notes, *notes)
    return Folder(
        policy, procedures, articles, questions, every, own or {}, tools, rules, events, seconds, golden, len(drafts)
    )


def faults_of_rules(settings: Settings) -> tuple[Fault, ...]:
    """Those in `proactive/` alone: what is wrong elsewhere is told where it is asked for."""
    try:
        load_folder(settings)
    except DeskFault as error:
        return tuple(one for one in error.faults if one.file.startswith("proactive/"))
    return ()


def policy_files(folder: Path, desk: Path | None = None) -> dict[str, str]:
    """The policy files of a desk folder, or of a folder of them alone: text by file name. `DeskFault` without any.

    With them the files of the company's own actions beside them, or else of `desk`: they say what facts there are.
    """
    home, part = _home(folder)
    found = _texts(home, part)
    if not found:
        raise DeskFault((Fault(str(folder), 1, "there is no policy here: name a desk folder or its policies folder"),))
    return found | (_texts(home, "actions") or (_texts(desk, "actions") if desk else {}))


def policy_tests(folder: Path) -> dict[str, str]:
    """The files of tests beside them: text by file name."""
    home, part = _home(folder)
    return _texts(home, f"{part}/tests")


def procedure_files(folder: Path) -> dict[str, str]:
    """The files of procedures of a desk folder: text by file name."""
    return _texts(folder, "procedures")


def _home(folder: Path) -> tuple[Path, str]:
    whole = folder.resolve()
    return (whole, "policies") if (whole / "policies").is_dir() else (whole.parent, whole.name)


def _texts(folder: Path, part: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for file in sorted((folder / part).glob("*.y*ml")):
        name = f"{part}/{file.name}"
        try:
            found[name] = file.read_text("utf-8")
        except UnicodeDecodeError as error:
            raise DeskFault((Fault(name, 1, "is not UTF-8"),)) from error
    return found


def _anybodys(policy: Policy, own: Mapping[str, OwnAction]) -> Iterator[Fault]:
    """Own actions that a rule allows while none asks whose the object is."""
    for name, one in own.items():
        chapter = policy.chapters[name]
        allowed = any(rule.effect is RuleEffect.ALLOW for rule in chapter.rules)
        if allowed and one.spec.owner and "action.own" not in chapter.asks:
            yield Fault(f"actions/{name}.yaml", 1, "no rule on it asks action.own: anybody's object would do")
        elif allowed and one.spec.look and not one.spec.owner:
            yield Fault(f"actions/{name}.yaml", 1, "it has no `owner`, so no rule can tell whose the object is")


def _questions(settings: Settings, *, events: bool = False) -> tuple[Question, ...]:
    """`events`: those over all customers, which name nobody."""
    records = settings.table.records
    if records is None:
        return ()
    asked = records.events if events else records.questions
    found = tuple(Question(name, one.about, one.sql, one.binds, one.fields, one.rows) for name, one in asked.items())
    file, part = str(settings.folder / "desk.toml"), "records.events" if events else "records"
    wrong = [Fault(file, 1, f"{part}.{one.name}: {what}") for one in found for what in one.faults()]
    bound = [one.name for one in found if events and one.binds]
    wrong += [Fault(file, 1, f"{part}.{name}: is about nobody in particular, so it takes no binds") for name in bound]
    if wrong:
        raise DeskFault(tuple(wrong))
    return found


def _foreign_links(settings: Settings, articles: Iterable[Article]) -> list[Fault]:
    """Links and e-mail addresses of articles that no reply will name, unless a procedure or a policy does, too."""
    folder, trusted = settings.folder / settings.table.articles, settings.table.replies.trusted
    found = []
    for one in articles:
        links = dict.fromkeys(claim.text for claim in addresses(one.text)) if one.audience != "internal" else ()
        for link in (link for link in links if not leads_to(link, trusted)):
            what = f"no reply will name {link.rstrip('.,;:!?')}: not one of the hosts in [replies] hosts of desk.toml"
            found.append(Fault(f"{folder.name}/{one.source}.md", _line_of(link, folder / f"{one.source}.md"), what))
    return found


def _line_of(words: str, file: Path) -> int:
    lines = enumerate(file.read_text("utf-8-sig").splitlines(), 1)
    return next((number for number, line in lines if words in line), 1)


def _change_faults(settings: Settings, specs: Mapping[str, LookupSpec]) -> list[Fault]:
    """Of [identity] changes: each has to lead to a moment that can be looked up for a customer, without an argument."""
    file, found = str(settings.folder / "desk.toml"), []
    for sign, place in settings.table.identity.changes.items():
        name, _, field = place.rpartition(".")
        spec = specs.get(name)
        if spec is None or spec.arguments or spec.fields.get(field) is not datetime:
            found.append(Fault(file, 1, f"identity.changes.{sign}: {place!r} is no time that a look-up tells"))
    return found


def _rollout_faults(settings: Settings, procedures: set[str]) -> list[Fault]:
    table, file = settings.table.rollout, str(settings.folder / "desk.toml")
    unknown = sorted(table.names - procedures - {"answers"})
    roles = {role for roles in settings.table.people.values() for role in roles}
    nobody = sorted(set(table.promoters) - roles)
    return [
        *(Fault(file, 1, f"rollout: there is no procedure {name!r}") for name in unknown),
        *(Fault(file, 1, f"rollout.promoters: nobody has the role {role!r}") for role in nobody),
    ]


def _seconds(settings: Settings, known: Known, procedures: Iterable[Procedure]) -> dict[str, Procedure]:
    """The second version of each trial of [rollout.trials]. It may propose no more than the first."""
    firsts, found = {one.id: one for one in procedures}, dict[str, Procedure]()
    files, faults = _texts(settings.folder, "trials"), list[Fault]()
    for name, trial in settings.table.rollout.trials.items():
        if trial.model:
            continue
        file = f"trials/{name}.yaml"
        if file not in files:
            faults.append(Fault(file, 1, f"rollout.trials.{name} of desk.toml wants this file"))
            continue
        try:
            # A procedure is named as its file is, and this one as the first version.
            (second,) = load_procedures({f"procedures/{trial.procedure}.yaml": files[file]}, known)
        except DeskFault as fault:
            faults += [replace(one, file=file) for one in fault.faults]
            continue
        found[name], first = second, firsts.get(trial.procedure)
        if first and (more := sorted(set(second.may_propose) - set(first.may_propose))):
            faults.append(Fault(file, 1, f"it may propose {', '.join(more)}, which {first.id} itself may not"))
    if faults:
        raise DeskFault(tuple(faults))
    return found


def _routing_faults(settings: Settings, procedures: set[str], queues: Collection[str]) -> list[Fault]:
    """Of [routing]: a skill or a queue with a slip of the pen would never get anything."""
    routing, found = settings.table.routing, []
    for name, one in routing.queues.items():
        at = f"routing.queues.{name}"
        if name not in queues:
            found.append(settings.fault(at, f"{at}: is a queue of no policy file"))
        if one.fallback and one.fallback not in queues:
            found.append(
                settings.fault(f"{at}.fallback", f"{at}.fallback: {one.fallback!r} is a queue of no policy file")
            )
    tables = {f"routing.queues.{name}.skills": one.skills for name, one in routing.queues.items()}
    tables |= {f"routing.people.{name}.skills": one.skills for name, one in routing.people.items()}
    for at, skills in tables.items():
        for skill in sorted(set(skills) - procedures - set(TOPICS)):
            what = f"{at}: {skill!r} is no procedure and no topic ({', '.join(TOPICS)})"
            found.append(settings.fault(at, what))
    return found


def _proactive_faults(settings: Settings, rules: Iterable[Rule]) -> list[Fault]:
    """A rule that may write needs a way to stop it, and a way out."""
    file, table = str(settings.folder / "desk.toml"), settings.table
    families = {str(one.family): one for one in rules}
    found = [
        Fault(file, 1, f"rollout.proactive: no rule in proactive/ has the family {name!r}")
        for name in sorted(set(table.rollout.proactive) - set(families))
    ]
    for name, stage in table.rollout.proactive.items():
        rule = families.get(name)
        if rule is None or stage is Stage.READ_ONLY:
            continue
        if not table.receipts.address:
            what = "so no message can say how to stop such messages: set [receipts] address, or leave it read-only"
            found.append(Fault(file, 1, f"rollout.proactive.{name}: this desk has no address, {what}"))
        if rule.channel == "email" and table.systems.mail is None:
            found.append(
                Fault(file, 1, f"rollout.proactive.{name}: it writes by e-mail, and there is no [systems.mail]")
            )
    return found

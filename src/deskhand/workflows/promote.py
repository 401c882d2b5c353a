"""A procedure is trusted more: one person asks, another approves, and the evidence is there both times, and once more
at the time of each later share."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta

from deskhand.domain.digest import digest
from deskhand.domain.journal_line import Broken, JournalLine
from deskhand.domain.scope import Scope
from deskhand.domain.stage import Stage
from deskhand.domain.suggestion import Person
from deskhand.measurement.trust import FINDINGS, KINDS, OPENED, Trust, trust
from deskhand.ports.store import Store, Transaction
from deskhand.rollout.book import APPROVED, ASKED, NOT_PROMOTED, PROMOTED, REFUSED, WITHDRAWN, Book, book
from deskhand.rollout.control import Control
from deskhand.rollout.evidence import Evidence, Gates, Lacks, missing
from deskhand.rollout.requests import Request, Share, State, requests
from deskhand.rollout.stage import Rollout
from deskhand.workflows.place import top_of

Lines = Callable[[Collection[str], datetime], Iterable[JournalLine]]  # of these kinds, from then on, in order
EVALUATED = "evaluated"  # by `deskhand eval --record`: the desk, and how many golden tickets passed and failed
TRIES = 5  # at reading evidence and stages so that nothing came between
LONGEST = 500  # characters of a reason
NOT_CHANGED = "Nothing was changed."


@dataclass(frozen=True)
class Rules:
    """What a promotion is held to. `promoters` are the roles that may ask and approve; empty for everybody.
    `control`: whether the desk folder has to be approved."""

    rollout: Rollout
    gates: Gates
    procedures: frozenset[str]
    promoters: frozenset[str] = frozenset()
    control: Control = field(default_factory=Control)


@dataclass(frozen=True)
class Answer:
    """`told` says what happened, and what did not; `lacks` what evidence was wanted and not there."""

    done: bool
    told: str
    request: str = ""
    lacks: tuple[Lacks, ...] = ()


@dataclass(frozen=True)
class Known:
    """Stages and evidence of one moment: `upto` is the newest line about either."""

    changes: Sequence[JournalLine]
    book: Book
    trust: Mapping[str, Trust]
    upto: tuple[int, int]
    golden: str = ""

    def evidence(self, procedure: str) -> Evidence:
        return replace(self.trust.get(procedure, Trust()).evidence, golden=self.golden)


def ask(
    store: Store,
    lines: Lines,
    rules: Rules,
    *,
    procedure: str,
    stage: Stage,
    scope: Scope,
    shares: Sequence[Share],
    person: Person,
    why: str,
    now: datetime,
) -> Answer:
    """Nobody is trusted more by this yet: somebody else has to approve it. One request of a procedure at a time."""
    if problem := _not_allowed(rules, person) or _faulty(rules, procedure, stage, shares, why):
        return Answer(False, f"{problem} {NOT_CHANGED}")
    for _ in range(TRIES):
        known = known_now(store, lines, rules, now)
        if isinstance(known, Broken):
            return _broken(known)
        with store.begin() as tx:
            if not _current(tx, known):
                continue
            if problem := _out_of_turn(rules, known, procedure, stage, scope, shares):
                return Answer(False, f"{problem} {NOT_CHANGED}")
            evidence = known.evidence(procedure)
            if lacks := missing(stage.below, evidence, rules.gates):
                return Answer(False, f"Not yet: {', '.join(lacks)}. {NOT_CHANGED}", lacks=lacks)
            id = digest([procedure, str(stage), person.id, now.isoformat()])[:12]
            body = {
                "request": id,
                "procedure": procedure,
                "from": top_of(rules.rollout, known.book, procedure),
                "stage": stage,
                "scope": asdict(replace(scope, percent=100.0)),
                "shares": [{"percent": one.percent, "at": one.at.isoformat() if one.at else None} for one in shares],
                "by": person.id,
                "why": why[:LONGEST],
                **_figures(evidence, rules.gates),
            }
            tx.stages.append(ASKED, body, now)
        return Answer(True, f"{person.id} asks for {procedure}: {stage}. Another person has to approve it.", id)
    return _busy()


def approve(store: Store, lines: Lines, rules: Rules, *, request: str, person: Person, now: datetime) -> Answer:
    """By somebody else than who asked. The evidence is counted again: where it is no longer there, the request is over,
    and the journal says what changed. Of several who decide at once the first one does."""
    if problem := _not_allowed(rules, person):
        return Answer(False, f"{problem} {NOT_CHANGED}")
    for _ in range(TRIES):
        known = known_now(store, lines, rules, now)
        if isinstance(known, Broken):
            return _broken(known)
        with store.begin() as tx:
            if not _current(tx, known):
                continue
            one = _named(known, request)
            if one is None or one.state is not State.OPEN:
                how = one.state if one else "not known here"
                return Answer(False, f"This request is {how}, so it cannot be approved. {NOT_CHANGED}", request)
            if same_person(one.by, person.id):
                what = f"{person.id} asked for this, so somebody else has to approve it."
                return Answer(False, f"{what} {NOT_CHANGED}", request)
            if any(share.at and share.at <= now for share in one.shares[1:]):
                what = "The time of a later step is over already: withdraw this, and ask again with other times."
                return Answer(False, f"{what} {NOT_CHANGED}", request)
            evidence = known.evidence(one.procedure)
            if lacks := missing(one.stage.below, evidence, rules.gates):
                told = {"request": request, "procedure": one.procedure, "by": person.id, "lacks": lacks}
                tx.stages.append(REFUSED, {**told, **_figures(evidence, rules.gates)}, now)
                what = f"Refused: since {one.by} asked, this is no longer there: {', '.join(lacks)}."
                return Answer(False, f"{what} {one.procedure} stays as it is.", request, lacks)
            told = {"request": request, "procedure": one.procedure, "by": person.id, "asked_by": one.by}
            tx.stages.append(APPROVED, {**told, **_figures(evidence, rules.gates)}, now)
            approved = replace(one, state=State.APPROVED, approved_by=person.id)
            given = _give_due(tx, rules, approved, evidence, now)
        later = approved.shares[given:]
        told_later = f" {len(later)} more step(s) follow at their times, if the evidence still holds." if later else ""
        at_once = f"{one.procedure} is {one.stage} for {approved.shares[given - 1].percent:g} %." if given else ""
        return Answer(True, f"Approved. {at_once}{told_later}".strip(), request)
    return _busy()


def withdraw(store: Store, *, request: str, by: str, why: str, now: datetime) -> Answer:
    """Any one person ends a request, also what it would still have given later; what it gave stays."""
    with store.begin() as tx:
        changes = tx.stages.changes()
        if isinstance(changes, Broken):
            return _broken(changes)
        one = next((each for each in requests(changes) if each.id == request), None)
        if one is None or one.over:
            return Answer(False, f"There is no such request any more. {NOT_CHANGED}", request)
        tx.stages.append(
            WITHDRAWN, {"request": request, "procedure": one.procedure, "by": by, "why": why[:LONGEST]}, now
        )
    return Answer(True, f"Withdrawn: {one.procedure} stays as it is.", request)


def give_due(store: Store, lines: Lines, rules: Rules, now: datetime) -> int:
    """Every share whose time has come, on evidence counted anew; how many were given. One whose evidence no longer
    holds is not, and neither is what would follow it."""
    with store.begin() as tx:
        changes = tx.stages.changes()
        if isinstance(changes, Broken) or not any(_due(one, now) for one in requests(changes)):
            return 0
    for _ in range(TRIES):
        known = known_now(store, lines, rules, now)
        if isinstance(known, Broken):
            return 0
        with store.begin() as tx:
            if not _current(tx, known):
                continue
            given = 0
            for one in requests(known.changes):
                if not _due(one, now):
                    continue
                evidence = known.evidence(one.procedure)
                if lacks := missing(one.stage.below, evidence, rules.gates):
                    told = {"request": one.id, "procedure": one.procedure, "by": "schedule", "lacks": lacks}
                    percent = one.next.percent if one.next else 0
                    tx.stages.append(NOT_PROMOTED, {**told, "percent": percent, **_figures(evidence, rules.gates)}, now)
                else:
                    given += _give_due(tx, rules, one, evidence, now)
        return given
    return 0


def known_now(store: Store, lines: Lines, rules: Rules, now: datetime) -> Known | Broken:
    """What stands in the journal of stages and of evidence. Decisions from before a step back count for nothing."""
    with store.begin() as tx:
        changes = tx.stages.changes()
        if isinstance(changes, Broken):
            return changes
        upto, golden = _upto(tx, changes), _golden(tx)
    told = book(changes)
    after = {name: kept.back.seq for name, kept in told.kept.items() if kept.back}
    counted = trust(lines(KINDS, now - timedelta(days=rules.gates.days)), after)
    return Known(changes, told, counted, upto, golden)


def _golden(tx: Transaction) -> str:
    """The desk on which every golden ticket passed, by the last run that was recorded."""
    line = tx.journal.newest(EVALUATED)
    return str(line.body["digest"]) if line and line.body["passed"] and not line.body["failed"] else ""


def same_person(one: str, other: str) -> bool:
    """Whatever token they came with; ids that differ in capitals alone are one person."""
    return one.strip().casefold() == other.strip().casefold()


def off(rules: Rules, known: Known, procedure: str) -> tuple[Stage | None, tuple[Lacks, ...]]:
    """Which stage could be asked for next, None at the ceiling, and what is missing for it."""
    now = top_of(rules.rollout, known.book, procedure)
    stage = now if now is not Stage.READ_ONLY and _widest(rules, known.book, procedure, now) < 100 else now.above
    if stage.trust > rules.rollout.most(procedure).trust or _widest(rules, known.book, procedure, stage) >= 100:
        return None, ()
    return stage, missing(stage.below, known.evidence(procedure), rules.gates)


def _widest(rules: Rules, told: Book, procedure: str, stage: Stage) -> float:
    """The largest share of all its messages that have this stage; 100 where desk.toml gives it to everybody."""
    kept = told.of(procedure)
    if min(rules.rollout.stage([procedure]).trust, kept.cap.trust) >= stage.trust:
        return 100.0
    same = [one.scope.percent for one in kept.grants if one.stage is stage and not any(one.scope.whom)]
    return max(same, default=0.0)


def _give_due(tx: Transaction, rules: Rules, one: Request, evidence: Evidence, now: datetime) -> int:
    """The next share, where it is due; 1 when it was. What follows is given in a round of its own, on evidence that is
    counted anew."""
    share = one.next
    if share is None or not _due(one, now):
        return 0
    body = {
        "request": one.id,
        "procedure": one.procedure,
        "stage": one.stage,
        "scope": asdict(replace(one.scope, percent=share.percent)),
        "by": one.approved_by,
        "asked_by": one.by,
        **_figures(evidence, rules.gates),
    }
    tx.stages.append(PROMOTED, body, now)
    return 1


def _due(one: Request, now: datetime) -> bool:
    share = one.next
    return one.state is State.APPROVED and share is not None and (share.at is None or share.at <= now)


def _current(tx: Transaction, known: Known) -> bool:
    """Whether nothing was said of stages, and nothing went wrong, since this was read."""
    changes = tx.stages.changes()
    return not isinstance(changes, Broken) and _upto(tx, changes) == known.upto


def _upto(tx: Transaction, changes: Sequence[JournalLine]) -> tuple[int, int]:
    wrong = [line.seq for kind in sorted({*FINDINGS, OPENED, EVALUATED}) if (line := tx.journal.newest(kind))]
    return (changes[-1].seq if changes else 0, max(wrong, default=0))


def _named(known: Known, request: str) -> Request | None:
    return next((one for one in requests(known.changes) if one.id == request), None)


def _not_allowed(rules: Rules, person: Person) -> str:
    if not rules.promoters or rules.promoters & person.roles:
        return ""
    return f"{person.id} is none of those who may promote: {', '.join(sorted(rules.promoters))}."


def _faulty(rules: Rules, procedure: str, stage: Stage, shares: Sequence[Share], why: str) -> str:
    """What is wrong with a request, whatever the journal says."""
    if procedure not in rules.procedures:
        return f"There is no procedure {procedure[:80]!r}."
    if not why.strip():
        return "Say why."
    if stage is Stage.READ_ONLY:
        return "Read-only is where everything begins. To go back, step back."
    if stage.trust > (high := rules.rollout.most(procedure)).trust:
        return f"desk.toml lets {procedure} be {high} at most."
    if not shares or any(not 0 < one.percent <= 100 for one in shares):
        return "A share is more than 0 and at most 100 percent of customers."
    percents = [one.percent for one in shares]
    times = [one.at for one in shares if one.at]
    if percents != sorted(set(percents)) or times != sorted(set(times)) or any(one.at is None for one in shares[1:]):
        return "Each step has to give more than the one before, at a later time."
    return ""


def _out_of_turn(
    rules: Rules, known: Known, procedure: str, stage: Stage, scope: Scope, shares: Sequence[Share]
) -> str:
    """Why this cannot be asked for now."""
    if waiting := [one for one in requests(known.changes) if one.procedure == procedure and not one.over]:
        return f"Request {waiting[0].id} of {waiting[0].by} for {procedure} is {waiting[0].state}. Withdraw it first."
    now = top_of(rules.rollout, known.book, procedure)
    if now.trust < stage.below.trust:
        return f"{procedure} is {now}: one step at a time."
    kept = known.book.of(procedure)
    same = [one.scope.percent for one in kept.grants if (one.stage, one.scope.whom) == (stage, scope.whom)]
    if _widest(rules, known.book, procedure, stage) >= 100 or shares[0].percent <= max(same, default=0.0):
        return f"{procedure} is {stage} for as many already."
    if stage is Stage.AUTONOMOUS and not same and shares[0].percent > rules.gates.start_percent:
        return f"Autonomous begins with at most {rules.gates.start_percent:g} % of customers."
    return ""


def _figures(evidence: Evidence, gates: Gates) -> dict[str, object]:
    return {"evidence": evidence.figures, "gates": asdict(gates)}


def _broken(broken: Broken) -> Answer:
    what = f"Line {broken.seq} of the journal: {broken.why}. Every procedure is read-only until that is mended."
    return Answer(False, f"{what} {NOT_CHANGED}")


def _busy() -> Answer:
    return Answer(False, f"Others changed stages at the same time. {NOT_CHANGED} Try again.")

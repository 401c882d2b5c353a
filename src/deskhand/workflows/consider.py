"""Who is it, may we answer, what would we do, and who may open the door? Nothing outside is changed here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum

from deskhand.context.contacted import with_contacts
from deskhand.context.former import former_tickets
from deskhand.context.gather import gather
from deskhand.domain.action import Action, Proposal
from deskhand.domain.article import Asker
from deskhand.domain.case import Case
from deskhand.domain.customer import Identity, Joined, Matched, how_many, records_of
from deskhand.domain.dossier import Dossier
from deskhand.domain.example import heeded
from deskhand.domain.guidance import followed
from deskhand.domain.handoff import Handoff
from deskhand.domain.heard import Heard
from deskhand.domain.pause import scopes
from deskhand.domain.phrases import PHRASES, phrases_in
from deskhand.domain.prediction import Prediction
from deskhand.domain.resolution import GiveUp, Plan, Resolution
from deskhand.domain.routing import Route
from deskhand.domain.stage import Stage
from deskhand.domain.verdict import Allow, Approve, Confirm, Deny, Escalate, people_wanted
from deskhand.escalation.assess import assess
from deskhand.escalation.reasons import reason_of, told, values_in_words, what_led_to
from deskhand.execution.gate import Gate
from deskhand.planning.plan import Earned, Standards, plan
from deskhand.planning.workbench import Workbench
from deskhand.policy.facts import TalkFacts
from deskhand.policy.policy import Decision
from deskhand.policy.recorded import record
from deskhand.ports.reasoning import Brief, Planner
from deskhand.procedures.procedure import Procedure
from deskhand.rollout.lessons import lessons, watched
from deskhand.rollout.release import Door, door
from deskhand.understanding.over_time import over_tickets
from deskhand.workflows.calls import Calls
from deskhand.workflows.desk import Desk
from deskhand.workflows.dress import dress
from deskhand.workflows.due import with_due
from deskhand.workflows.give_back import asking_plainly, for_people, give_back, plain_words
from deskhand.workflows.guide import as_read, guidance_for, guided, told_of
from deskhand.workflows.packet import letter, packet
from deskhand.workflows.place import HELD_OUT, SECOND, Placed, overridden, place
from deskhand.workflows.predict import PREDICTED, Foretold, predict
from deskhand.workflows.route_handoff import routed
from deskhand.workflows.step_up import after_planning, before_planning
from deskhand.workflows.take_along import take_along, told_along
from deskhand.workflows.who import case_of, proven

MONTH = timedelta(days=30)
UNTOLD = "und"  # too short to tell a language by
ENDLESS = 4  # times the same was said: then people take over, whatever policy forgets to say of it
UNWRITTEN = "answers"  # the stage of what no procedure covers: answers from articles, small talk


class Way(StrEnum):
    """What happens next with a message."""

    SILENCE = "silence"
    HAND_OFF = "hand_off"
    SUGGEST = "suggest"
    AWAIT = "await"
    COMMIT = "commit"


@dataclass(frozen=True)
class Considered:
    """`resolution` is set for SUGGEST, AWAIT and COMMIT, `handoff` for HAND_OFF, `proposals` always.

    `says` is the letter that tells the customer of a handoff, and `route` where that goes; `roles` are those whose
    approval policy wants, one for each person. `verified`: it is beyond doubt that `customer` writes. `heard`: the
    message with what was taken over from another ticket, or told by an agent, None when nothing was. `arm` and
    `trials`: the groups of its customer, see `Placed`.
    """

    way: Way
    stage: Stage
    resolution: Resolution | None
    handoff: Handoff | None
    proposals: tuple[Proposal, ...]
    says: str
    roles: tuple[str, ...]
    customer: str
    took_ms: float
    route: Route | None = None
    verified: bool = False
    heard: Heard | None = None
    arm: str = ""
    trials: Mapping[str, str] = field(default_factory=dict)


def consider(desk: Desk, heard: Heard, failures: Mapping[str, str], stage: str) -> Considered:
    """`failures`: by effect key, why an action of the former plan was not done. `stage` overrides the rollout."""
    began = desk.timer()
    with desk.span("gather"):
        dossier = gather(heard.requester, desk.customers, desk.look_ups)
        dossier = replace(dossier, identity=proven(desk, heard, dossier.identity))
        desk.about(*map(str, records_of(dossier.identity)))
        dossier = with_contacts(dossier, desk.store, desk.clock())
        former = former_tickets(desk.store, dossier, but=heard.ticket, now=desk.clock())
    as_heard = heard
    heard = moved = guided(desk, take_along(desk, as_read(heard), dossier))
    heard = replace(
        heard,
        thread=replace(heard.thread, former=former),
        understanding=over_tickets(heard.understanding, former, desk.clock()),
    )
    wanted = [one.id for one in _in_play(desk, heard, guesses=False)]
    placed = overridden(desk, stage) if stage else place(desk, heard, dossier.identity, wanted or [UNWRITTEN])
    trusted = placed.stage if stage else watched(placed.stage, heard.understanding.taught)
    if heard.again:
        trusted = min(trusted, heard.again.stage, key=lambda one: one.trust)
    case = case_of(desk, heard, dossier.identity, trusted)
    with desk.span("assess"):
        foretold = None if heard.restricted else predict(desk, heard, case, dossier.missing)
        predicted = foretold.made if foretold else None
        may, owner = turn(desk, heard, case, predicted)
    judge = Asking(desk.gate)
    with desk.span("plan"):
        made = _plan(desk, heard, case, dossier, may, failures, judge, predicted, placed)
    made = told_of(made, heard) if made else None
    if isinstance(made, Resolution) and not stage:
        case, made = _as_followed(desk, heard, case, made, judge)
    policy = (on_message(may, heard), *judge.in_words)
    considered = opened(desk, heard, dossier, case, may, made, began, policy)
    considered = replace(considered, arm=placed.arm, trials=_in_trials(desk, placed, made))
    note_down(desk, heard, case, may, made, considered, owner, judge, dossier.missing, foretold)
    return considered if moved == as_heard else replace(considered, heard=moved)


class Asking:
    """The gate's answers while a plan is made, each with all that it was made of. `told`: bodies of journal lines;
    `in_words`: the same for people."""

    def __init__(self, gate: Gate):
        self._gate = gate
        self.told: list[dict[str, object]] = []
        self.in_words: list[str] = []

    def propose(self, action: Action, case: Case) -> Proposal:
        proposal, decision = self._gate.judge(action, case)
        if decision and (line := {**record(decision), "key": proposal.key}) not in self.told:
            self.told.append(line)
            self.in_words.append(told(proposal.preview or action.name, decision, values_in_words(decision)))
        return proposal


def on_message(may: Decision, heard: Heard) -> str:
    """What policy said of the message itself, for people."""
    return told("this message", may, what_led_to(may, for_people(heard.understanding, heard.masked)))


def turn(desk: Desk, heard: Heard, case: Case, predicted: Prediction | None = None) -> tuple[Decision, str]:
    """What policy says of the message itself, and who has its ticket."""
    with desk.store.look() as tx:
        owner = tx.tickets.owner(heard.ticket)
        failed = sum(effect.state == "declined" for effect in tx.ledger.of_ticket(heard.ticket))
    left = heard.due_at - case.now if heard.due_at else None
    talk = TalkFacts(
        turns=heard.turns,
        failed=failed,
        requests=len(heard.understanding.requests),
        repeats=heard.thread.repeats,
        questions=heard.thread.questions,
        contacts=1 + sum(case.now - one.at <= MONTH for one in heard.thread.former),
        customers=how_many(case.identity),
        has_deadline=left is not None,
        time_left=left,
    )
    return assess(case, owner, talk, heard.understanding, desk.policy, desk.calendar, predicted), owner


def _plan(
    desk: Desk,
    heard: Heard,
    case: Case,
    dossier: Dossier,
    may: Decision,
    failures: Mapping[str, str],
    judge: Asking,
    predicted: Prediction | None,
    placed: Placed,
) -> Plan | None:
    """The plan; a reason to give up without one; or None: the assistant keeps silent."""
    if heard.restricted and not isinstance(may.verdict, Deny):
        because = "this customer objected: no assistant reads what they write"
        return GiveUp("restricted", because, trace=(because,))
    match may.verdict:
        case Deny():
            return None
        case Escalate(rule, to, says):
            because = f"policy rule {rule} on the message itself: {what_led_to(may, heard.understanding, predicted)}"
            return GiveUp(reason_of(may), because, to, _in_their_language(desk, heard, says))
        case Allow() | Approve() | Confirm():
            pass
    if placed.arm == HELD_OUT:
        because = "this customer is one of those whom only people answer, to compare with"
        return GiveUp("hold_out", because, trace=(because,))
    if heard.understanding.wants_human:  # whatever policy forgets to say of it
        return GiveUp("asked", "they ask for a person")
    if heard.understanding.language not in (*desk.voice.languages, UNTOLD):
        because = f"the message is in {heard.understanding.language}, which this desk does not answer in by itself"
        says = phrases_in(heard.understanding.language).needs_a_person
        return GiveUp("language", because, says=says, trace=(because,))
    if heard.thread.repeats >= ENDLESS:
        return GiveUp("loop", f"the same was said {heard.thread.repeats} times and nothing came of it")
    if dossier.missing and not isinstance(dossier.identity, Matched):
        return GiveUp("failure", f"{', '.join(dossier.missing)} did not answer, so the customer could not be found")
    asked = _in_play(desk, heard, guesses=False, placed=placed)
    if first := before_planning(desk, heard, case, dossier, asked):
        return first
    procedures = _in_play(desk, heard, guesses=True, placed=placed)
    customer = dossier.identity.customer if isinstance(dossier.identity, Matched) and dossier.verified else None
    bench = Workbench(
        look_up=asking_plainly(desk.look_ups.of(customer), heard.masked) if customer else None,
        propose=lambda action: judge.propose(replace(action, args=plain_words(action.args, heard.masked)), case),
        knowledge=desk.knowledge,
        may_propose=frozenset(name for one in procedures for name in one.may_propose),
        gathered=dossier.findings,
        asker=Asker(verified=customer is not None, locale=heard.understanding.language),
    )
    examples = lessons(desk.precedents.near(heard.text, heard.understanding.language), case.stage)
    brief = Brief(
        heard.text,
        heard.understanding,
        dossier,
        procedures,
        failures,
        thread=heard.thread,
        examples=examples,
        guidance=guidance_for(desk, heard),
    )
    said = {name: Earned(kind.deeds, kind.receipt) for name, kind in desk.actions.items()}
    calls = Calls(desk, heard.ticket, heard.message)
    standards = Standards(said, desk.hidden, desk.similarity, desk.judge, desk.voice.hosts, desk.hear)
    made = plan(brief, _planner(desk, procedures, placed), bench, standards, calls)
    return after_planning(desk, heard, case, give_back(made, heard.masked), asked)


def _in_their_language(desk: Desk, heard: Heard, says: str) -> str:
    """What a rule says is written in the first language of the desk; in others there is our own phrase."""
    language = heard.understanding.language
    own = language in (desk.voice.languages[0], UNTOLD) or language not in PHRASES
    return says if own else PHRASES[language].passing_on


def _as_followed(desk: Desk, heard: Heard, case: Case, made: Resolution, judge: Asking) -> tuple[Case, Resolution]:
    """A planner may follow another procedure than was heard: one that is trusted less makes the stage stricter."""
    followed = place(desk, heard, case.identity, made.procedures or [UNWRITTEN]).stage
    if followed.trust >= case.stage.trust:
        return case, made
    stricter = replace(case, stage=followed)
    judged = tuple(judge.propose(one.action, stricter) for one in made.proposals)
    return stricter, replace(made, proposals=judged)


def _in_play(desk: Desk, heard: Heard, *, guesses: bool, placed: Placed | None = None) -> tuple[Procedure, ...]:
    """The procedures of the requests, in the version that this customer gets; with `guesses` also those that a request
    might mean."""
    names = [one.procedure for one in heard.understanding.requests if one.procedure]
    if guesses:
        names += [name for one in heard.understanding.requests for name, _ in one.candidates]
    known = dict(desk.procedures) | {
        one.procedure: desk.seconds[one.name]
        for one in desk.trials
        if one.name in desk.seconds and placed and placed.trials.get(one.name) == SECOND
    }
    return tuple(known[name] for name in dict.fromkeys(names) if name in known)


def _in_trials(desk: Desk, placed: Placed, made: Plan | None) -> Mapping[str, str]:
    """The version of each trial that this plan was made with."""
    if not isinstance(made, Resolution) or not placed.trials:
        return {}
    return {one.name: placed.trials[one.name] for one in desk.trials if one.of(made.procedures)}


def _planner(desk: Desk, procedures: Iterable[Procedure], placed: Placed) -> Planner:
    """Who plans for this customer: the desk's own, or the one that is tried where one of these may be followed."""
    names = [one.id for one in procedures]
    second = (one for one in desk.trials if one.name in desk.tried and placed.trials.get(one.name) == SECOND)
    return next((desk.tried[one.name] for one in second if one.of(names)), desk.planner)


def opened(
    desk: Desk,
    heard: Heard,
    dossier: Dossier,
    case: Case,
    may: Decision,
    made: Plan | None,
    began: float,
    policy: tuple[str, ...],
) -> Considered:
    # Whoever only says that an address is theirs must not learn whose it is.
    name = dossier.identity.customer.name if isinstance(dossier.identity, Matched) and dossier.verified else ""
    language = heard.understanding.language
    blank = Considered(
        way=Way.SILENCE,
        stage=case.stage,
        resolution=None,
        handoff=None,
        proposals=(),
        says="",
        roles=(),
        customer=str(case.customer or ""),
        took_ms=0.0,
        verified=case.verified,
    )
    match made:
        case None:
            considered = blank
        case GiveUp():
            heard = with_due(desk, heard)
            handoff = packet(desk, heard, made, dossier, policy=policy, at=case.now)
            body = made.says or phrases_in(language).passing_on
            goes = routed(desk, heard, case.stage, dossier.identity, made, handoff, body)
            considered = replace(
                blank,
                way=Way.HAND_OFF,
                handoff=goes.handoff,
                proposals=made.proposals,
                says=letter(desk, heard, dossier, goes.says),
                route=goes.route,
            )
        case Resolution():
            verdicts = [may.verdict, *(proposal.verdict for proposal in made.proposals)]
            who = door(verdicts, case.stage, paused=_paused(desk, made, case))
            way = {Door.NOBODY: Way.SUGGEST, Door.AGENT: Way.AWAIT, Door.ASSISTANT: Way.COMMIT}[who]
            said = "\n\n".join(filter(None, (told_along(heard), made.reply)))
            dressed = replace(made, reply=dress(said, name, desk.voice, language), policy=policy)
            considered = replace(
                blank, way=way, resolution=dressed, proposals=made.proposals, roles=people_wanted(verdicts)
            )
    return replace(considered, took_ms=1000 * (desk.timer() - began))


def _paused(desk: Desk, made: Resolution, case: Case) -> bool:
    actions = [one.action.name for one in made.proposals]
    with desk.store.look() as tx:
        return tx.pauses.on(scopes(actions, made.procedures, case.ticket, str(case.customer or ""))) is not None


def note_down(
    desk: Desk,
    heard: Heard,
    case: Case,
    may: Decision,
    made: Plan | None,
    considered: Considered,
    owner: str,
    judge: Asking,
    missing: tuple[str, ...],
    foretold: Foretold | None = None,
) -> None:
    understanding = heard.understanding
    line: dict[str, object] = {
        "message": heard.message,
        "language": understanding.language,
        "language_confidence": understanding.language_confidence,
        "sentiment": str(understanding.sentiment),
        "urgency": str(understanding.urgency),
        "wants_person": understanding.wants_human,
        "risks": [risk.topic for risk in understanding.risks],
        "signals": {str(one.sign): one.strength for one in understanding.signals},
        "requests": [
            {"kind": str(one.kind), "procedure": one.procedure, "confidence": round(one.confidence, 4)}
            for one in understanding.requests
        ],
        "texts": _texts(desk, heard),
        "router": understanding.router,
        "taught": understanding.taught,
        "turn": {"effect": may.verdict.effect, "rule": may.verdict.rule, "policy": may.policy_digest},
        "owner": owner,
        "former": len(heard.thread.former),
        "missing": missing,
        "joined": [{"ref": str(one.ref), "by": one.by} for one in _also(case.identity)],
        "stage": str(case.stage),
        "arm": considered.arm,
        "tier": case.tier or "",
        "way": str(considered.way),
        "refused": made.refused if made else (),
        "proposals": [
            {"action": p.action.name, "key": p.key, "effect": p.verdict.effect, "rule": p.verdict.rule}
            for p in considered.proposals
        ],
        "examples": list(heeded(trace_of(considered))),
        "guidance": list(followed(trace_of(considered))),
    }
    with desk.store.begin() as tx:
        if foretold:
            tx.journal.append(PREDICTED, heard.ticket, foretold.line, case.now)
        for asked in (record(may), *judge.told):
            tx.journal.append("policy.asked", heard.ticket, {**asked, "message": heard.message}, case.now)
        tx.journal.append("message.considered", heard.ticket, line, case.now)
        if heard.guided and considered.way is not Way.SILENCE:
            tx.guidance.take_up(heard.guided.by, heard.message)


def _texts(desk: Desk, heard: Heard) -> dict[str, str]:
    """The digest of the text of each procedure that the message is about."""
    named = {one.procedure for one in heard.understanding.requests if one.procedure}
    return {name: desk.procedures[name].digest for name in sorted(named) if name in desk.procedures}


def _also(identity: Identity) -> tuple[Joined, ...]:
    return identity.customer.also if isinstance(identity, Matched) else ()


def trace_of(considered: Considered) -> tuple[str, ...]:
    """Each step that led to it."""
    if considered.resolution:
        return considered.resolution.trace
    return considered.handoff.tried if considered.handoff else ()

"""The guide's operational metrics, each with its definition."""

from deskhand.measurement.entry import Entry
from deskhand.measurement.intervals import ranked
from deskhand.measurement.metric import (
    NONE,
    RANKS,
    WILSON,
    About,
    Goal,
    Group,
    Metric,
    Unit,
    Value,
    When,
    against,
    of,
    part,
)
from deskhand.measurement.outcomes import Handler, TicketOutcome
from deskhand.measurement.sums import GOOD, Cohort, Sums, number

IN_USE = (*GOOD, TicketOutcome.CONTAINED)


def tickets(sums: Sums, about: About) -> Value:
    n = number(sums, "tickets")
    waiting = {"open": float(number(sums, "open")), "messages": float(number(sums, "messages"))}
    return Value(float(n), n, parts=waiting)


def deflection(sums: Sums, about: About) -> Value:
    beside = {"still maturing": part(number(sums, "closed") - number(sums, "mature"), number(sums, "closed"), 100)}
    beside |= {"held out": float(number(sums, "held out"))}
    return of(number(sums, "deflected"), number(sums, "mature, not held out"), beside)


def containment(sums: Sums, about: About) -> Value:
    cells = sums.get("matrix", {})
    alone = sum(cells.get(f"{Handler.ASSISTANT} {state}", 0) for state in IN_USE)
    return of(alone, number(sums, "closed"))


def without_people(sums: Sums, about: About) -> Value:
    return of(number(sums, "alone"), number(sums, "tickets"))


def recontacted(sums: Sums, about: About) -> Value:
    beside = {"wrote again on whatever": part(number(sums, "wrote again"), number(sums, "closed"), 100)}
    return of(_in_state(sums, TicketOutcome.RECONTACTED), number(sums, "closed"), beside)


def first_response(sums: Sums, about: About) -> Value:
    beside: dict[str, float | None] = {"never answered": float(number(sums, "no response"))}
    return _times(sums, about, "first response", 1000, beside)


def resolution_time(sums: Sums, about: About) -> Value:
    waited = part(1000 * number(sums, "waited s"), number(sums, "resolution ms"), 100)
    return _times(sums, about, "resolution", 60_000, {"waiting for the customer, %": waited})


def escalation(sums: Sums, about: About) -> Value:
    reasons = {f"because: {why}": float(n) for why, n in sorted(sums.get("escalated", {}).items())}
    beside: dict[str, float | None] = {**reasons}
    beside["abandoned, %"] = part(_in_state(sums, TicketOutcome.ABANDONED), number(sums, "closed"), 100)
    beside["asked for a person"] = float(number(sums, "wants"))
    beside["person refused"] = float(number(sums, "person_refused"))
    return of(number(sums, "escalated of turn"), number(sums, "turn"), beside)


def handoff_context(sums: Sums, about: About) -> Value:
    n = number(sums, "handoffs")
    beside = {"handoffs with 90 % or more, %": part(number(sums, "context_90"), n, 100)}
    beside["corrections a handoff"] = part(number(sums, "corrections"), n)
    return Value(part(number(sums, "context"), n, 0.01), n, parts=beside)


def repeat_questions(sums: Sums, about: About) -> Value:
    return of(number(sums, "asked_again"), number(sums, "agents_seen"))


def _in_state(sums: Sums, state: TicketOutcome) -> int:
    return sum(sums.get("matrix", {}).get(f"{who} {state}", 0) for who in Handler)


def _times(sums: Sums, about: About, name: str, unit: int, beside: dict[str, float | None]) -> Value:
    """The median, with its interval and what stands beside it; and the change against imported history."""
    values = {int(value): n for value, n in sums.get(name, {}).items()}
    median, late, later = (ranked(values, q) for q in (0.5, 0.9, 0.95))
    told = {"p90": _in(late.value, unit), "p95": _in(later.value, unit)}
    told["mean"] = part(number(sums, f"{name} ms"), median.n, 1 / unit)
    if opened := {int(value): n for value, n in sums.get(f"{name}, open hours", {}).items()}:
        told["p50 within office hours"] = _in(ranked(opened, 0.5).value, unit)
    before = ranked({int(value): n for value, n in (about.before or {}).get(name, {}).items()}, 0.5)
    told |= against(_in(median.value, unit), _in(before.value, unit), before.n)
    bounds = (_in(median.low, unit), _in(median.high, unit))
    return Value(_in(median.value, unit), median.n, *bounds, told | beside)


def _in(milliseconds: float | None, unit: int) -> float | None:
    return None if milliseconds is None else milliseconds / unit


def state(one: Entry, when: When) -> TicketOutcome | None:
    return one.state(when.window, over=one.mature(when.now, when.window))


def good(one: Entry, when: When) -> bool:
    """Confirmed or verified."""
    return state(one, when) in GOOD


OPERATIONAL = (
    Metric(
        key="tickets",
        name="Tickets",
        group=Group.OPERATIONAL,
        question="How much came?",
        formula="tickets that came up in the period",
        unit=Unit.COUNT,
        cohort=Cohort.CAME,
        counts="each stretch of a conversation from opening to closing; open ones, too",
        omits="operators' tries, machines' messages, merged duplicates, what moved to or is answered on another "
        "ticket: "
        "counted apart, by reason",
        guide="-",
        ours="-",
        section="4.1, rules 3 and 4",
        interval=NONE,
        measure=tickets,
        behind=lambda one, when: True,
        shows="all tickets",
        needs=0,
    ),
    Metric(
        key="deflection",
        name="Deflection rate, verified",
        group=Group.OPERATIONAL,
        question="How much does the assistant solve alone, so that nobody comes back?",
        formula="tickets that the assistant alone handled and that ended confirmed or verified / all closed tickets "
        "whose "
        "window is over",
        unit=Unit.PERCENT,
        cohort=Cohort.CLOSED,
        counts="all mature tickets stand below the line, also those that the assistant never touched",
        omits="tickets with an agent's decision or message are never above the line; those of customers who are held "
        "out "
        "stand apart",
        guide="40-65 %",
        ours=">= 75 %",
        section="4.3 Deflection rate",
        interval=WILSON,
        measure=deflection,
        behind=lambda one, when: one.alone and one.mature(when.now, when.window) and good(one, when),
        shows="tickets that the assistant solved alone",
        goal=Goal(40),
    ),
    Metric(
        key="containment",
        name="Containment",
        group=Group.OPERATIONAL,
        question="What would vendors call solved?",
        formula="tickets that the assistant alone handled and that are confirmed, verified or contained / all closed "
        "tickets",
        unit=Unit.PERCENT,
        cohort=Cohort.CLOSED,
        counts="tickets whose window still runs",
        omits="abandoned and recontacted tickets are never above the line",
        guide="-",
        ours=">= 85 %",
        section="4.3 Containment",
        interval=WILSON,
        measure=containment,
        behind=lambda one, when: one.alone and state(one, when) in IN_USE,
        shows="contained tickets",
    ),
    Metric(
        key="alone",
        name="Without a person so far",
        group=Group.OPERATIONAL,
        question="How many tickets did nobody have to touch yet?",
        formula="tickets whose every message was resolved or answered, and in which no person had a hand / tickets",
        unit=Unit.PERCENT,
        cohort=Cohort.CAME,
        counts="tickets that are still open",
        omits="a ticket that somebody decided about, whispered on, answered or took over is never above the line",
        guide="-",
        ours="-",
        section="beside 4.3",
        interval=WILSON,
        measure=without_people,
        behind=lambda one, when: one.counts.get("alone", 0) > 0,
        shows="these tickets",
    ),
    Metric(
        key="recontacted",
        name="Came back on the same issue",
        group=Group.OPERATIONAL,
        question="How often did it not hold?",
        formula="closed tickets whose customer came back on the same issue within the window / closed tickets",
        unit=Unit.PERCENT,
        cohort=Cohort.CLOSED,
        counts="what fits no procedure counts against us",
        omits="thanks, and a clearly different subject; any contact at all is told beside it",
        guide="-",
        ours="-",
        section="4.2",
        interval=WILSON,
        measure=recontacted,
        behind=lambda one, when: state(one, when) is TicketOutcome.RECONTACTED,
        shows="tickets whose customer came back",
    ),
    Metric(
        key="first_response",
        name="First response time",
        group=Group.OPERATIONAL,
        question="How long until the customer gets something that means something?",
        formula="delivery of the first meaningful response - earliest known time of the customer's first message; "
        "median, "
        "beside it p90, p95 and mean",
        unit=Unit.SECONDS,
        cohort=Cohort.CAME,
        counts="queue, checks and waiting for an approval; an announced handoff and agents' own messages; nights and "
        "weekends (within the office's hours beside it, where `[calendar]` has them)",
        omits="acknowledgements and greetings; tickets without a response are not dropped but told as never answered",
        guide="< 30 s",
        ours="p50 < 3 s, p95 < 8 s",
        section="4.3 First response time; 4.1, rules 2 and 6",
        interval=RANKS,
        measure=first_response,
        behind=lambda one, when: one.response_at is None,
        shows="tickets without a response",
        goal=Goal(high=30),
    ),
    Metric(
        key="resolution_time",
        name="Resolution time",
        group=Group.OPERATIONAL,
        question="How long until it is solved, and how does that compare with before?",
        formula="last meaningful response before closing - the customer's first message; confirmed and verified "
        "tickets; "
        "median, beside it p90, p95, mean and the change against the median of imported history",
        unit=Unit.MINUTES,
        cohort=Cohort.CLOSED,
        counts="waiting for the customer, whose share is told",
        omits="the quiet time after the last response; tickets that ended otherwise",
        guide="-50 % to -70 %",
        ours="-85 %",
        section="4.3 Resolution time",
        interval=RANKS,
        measure=resolution_time,
        behind=good,
        shows="solved tickets",
    ),
    Metric(
        key="escalation",
        name="Escalation rate",
        group=Group.OPERATIONAL,
        question="How often do people have to take over, and why?",
        formula="tickets with a handoff or a take-over / tickets on which the assistant took a turn",
        unit=Unit.PERCENT,
        cohort=Cohort.CAME,
        counts="each ticket once, under the reason of its first handoff; abandonment and refused requests for a person "
        "beside it",
        omits="approvals; tickets on which the assistant may only suggest",
        guide="< 25 %",
        ours="< 10 %, with abandonment < 5 % and no person refused",
        section="4.3 Escalation rate",
        interval=WILSON,
        measure=escalation,
        behind=lambda one, when: bool(one.escalated),
        shows="escalated tickets",
        goal=Goal(high=25),
    ),
    Metric(
        key="handoff_context",
        name="Handoff quality: context retention",
        group=Group.OPERATIONAL,
        question="Does whoever takes over know everything?",
        formula="filled required fields / required fields of the packet, mean over handoffs",
        unit=Unit.PERCENT,
        cohort=Cohort.CAME,
        counts='"none, because ..." is filled',
        omits="no words, an empty list, one blank line in a list",
        guide="> 90 %",
        ours=">= 99 %",
        section="4.3 Handoff quality",
        interval=NONE,
        measure=handoff_context,
        behind=lambda one, when: one.counts.get("handoffs", 0) > 0,
        shows="tickets that were handed over",
        goal=Goal(low=90),
    ),
    Metric(
        key="repeat_questions",
        name="Handoff quality: asked again",
        group=Group.OPERATIONAL,
        question="Do customers have to say things twice?",
        formula="tickets on which an agent asked for something that stood in the packet / tickets on which an agent "
        "was "
        "seen to write after a handoff",
        unit=Unit.PERCENT,
        cohort=Cohort.CAME,
        counts="kinds of particulars, by fixed English lists",
        omits="tickets without a message of an agent in sight",
        guide="-",
        ours="< 2 %",
        section="4.3 Handoff quality",
        interval=WILSON,
        measure=repeat_questions,
        behind=lambda one, when: one.counts.get("asked_again", 0) > 0,
        shows="tickets on which they asked again",
    ),
)

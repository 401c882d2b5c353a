"""The guide's metrics of business and of health, each with its definition."""

from deskhand.measurement.entries import NANO
from deskhand.measurement.intervals import difference, ranked
from deskhand.measurement.metric import NONE, RANKS, WILSON, About, Group, Metric, Unit, Value, against, of, part
from deskhand.measurement.operational_figures import good
from deskhand.measurement.outcomes import Handler
from deskhand.measurement.shares import share
from deskhand.measurement.sums import Cohort, Sums, number

HOUR_MS = 3_600_000
MONTH = 365.25 / 12  # days
POINT = 0.01
CANNOT_TELL = "cannot tell"
UNTIMED = "at least: acts of agents without a time are not in it"
AT_LEAST = "at least"  # a part: what is known of a cost, where some of it is not


def cost_per_resolution(sums: Sums, about: About) -> Value:
    """Of mature tickets: all of their costs, those of the ones that were not solved among them."""
    n = number(sums, "mature good")
    model = _dollars(sums)
    agents = part(number(sums, "mature agent_ms"), HOUR_MS, about.costs.agent_hour) if about.costs.agent_hour else None
    by_people = number(sums, "mature timed") + number(sums, "mature untimed")
    fixed = None
    if about.costs.fixed_month is not None:
        whole = about.costs.fixed_month * about.days / MONTH
        fixed = part(number(sums, "mature"), about.closed, whole)
    beside = {"model only": _per(model, n), "agents": _per(agents, n), "fixed": _per(fixed, n)}
    beside |= {"calls without a price": float(number(sums, "mature unpriced"))}
    beside |= {"agent minutes, measured": number(sums, "mature agent_ms") / 60_000}
    beside |= {"acts of agents with a time, %": part(number(sums, "mature timed"), by_people, 100)}
    unknown = []
    if model is None:
        unknown.append("the price of a model")
    if agents is None and by_people:
        unknown.append("[costs] agent_rate_per_hour")
    if fixed is None:
        unknown.append("[costs] fixed_per_month")
    known = _per(number(sums, "mature model_nano") / NANO + (agents or 0.0) + (fixed or 0.0), n)
    if unknown:
        beside |= {AT_LEAST: known} | _against(None, about)
        return Value(None, n, parts=beside, says=f"unknown: {', '.join(unknown)}")
    return Value(
        known, n, parts=beside | _against(known, about), says=UNTIMED if number(sums, "mature untimed") else ""
    )


def _against(value: float | None, about: About) -> dict[str, float | None]:
    """Before the assistant agents worked on all tickets, and some of these were solved."""
    before, costs = about.before or {}, about.costs
    solved, spent = number(before, "good"), None
    if costs.agent_hour is not None and costs.minutes_before is not None:
        spent = costs.agent_hour / 60 * costs.minutes_before * number(before, "tickets")
    return against(value, _per(spent, solved), solved)


def model_cost(sums: Sums, about: About) -> Value:
    """By ticket that came up."""
    n, calls, unpriced = number(sums, "tickets"), number(sums, "model_calls"), number(sums, "unpriced")
    beside: dict[str, float | None] = {"calls": float(calls), "calls without a price": float(unpriced)}
    known = part(number(sums, "model_nano"), n, 1 / NANO)
    if unpriced:
        return Value(None, n, parts=beside | {AT_LEAST: known}, says="unknown: the price of a model")
    return Value(known, n, parts=beside)


def productivity(sums: Sums, about: About) -> Value:
    days = len(sums.get("agent days", {}))
    beside = {"agent-days": float(days), "solved where no agent is named": float(number(sums, "worked elsewhere"))}
    return Value(part(number(sums, "worked"), days), number(sums, "worked"), parts=beside)


def retention(sums: Sums, about: About) -> Value:
    """By assignment: `churn` has customers by arm, and those of them who left within 90 days."""
    churn = sums.get("churn", {})
    with_us = share(churn.get("assistant left", 0), churn.get("assistant", 0))
    held_out = share(churn.get("hold-out left", 0), churn.get("hold-out", 0))
    beside = {"customers, assistant": float(with_us.of), "customers, hold-out": float(held_out.of)}
    found = difference([(1.0, with_us, held_out)])
    if found is None:
        return Value(None, min(with_us.of, held_out.of), parts=beside, says=CANNOT_TELL)
    says = CANNOT_TELL
    if found.high <= POINT:
        says = "neutral or positive"
    elif found.low > POINT:
        says = "worse"
    return Value(100 * found.value, held_out.of, 100 * found.low, 100 * found.high, beside, says)


def knowledge_gap(sums: Sums, about: About) -> Value:
    return of(number(sums, "gap"), number(sums, "tickets"))


def own_work(sums: Sums, about: About) -> Value:
    values = {int(ms): n for ms, n in sums.get("own ms", {}).items()}
    median, late = ranked(values, 0.5), ranked(values, 0.95)
    return Value(median.value, median.n, median.low, median.high, {"p95": late.value})


def _dollars(sums: Sums) -> float | None:
    """Of mature tickets; None as soon as one price is unknown."""
    return None if number(sums, "mature unpriced") else number(sums, "mature model_nano") / NANO


def _per(dollars: float | None, n: int) -> float | None:
    return None if dollars is None else part(dollars, n)


BUSINESS = (
    Metric(
        key="cost_per_resolution",
        name="Cost per resolution",
        group=Group.BUSINESS,
        question="What does a solved ticket cost?",
        formula="(model cost + agent minutes x loaded rate + fixed costs) of mature tickets / confirmed and verified "
        "ones",
        unit=Unit.DOLLARS,
        cohort=Cohort.CLOSED,
        counts="tickets that were not solved stand above the line, too; all model calls at their price when they were "
        "made; agents' time from first seeing a suggestion to deciding, ten minutes each at most; fixed costs spread "
        "over all closed tickets",
        omits="agents' time on replies and in other programs, which nobody measures: told as acts without a time; an "
        "unknown price makes the cost unknown, never 0, and what is known is told as the least; set-up work, refunds. "
        "Before the assistant: agent_minutes_before x loaded rate of all imported tickets / solved ones",
        guide="-30 % to -60 %",
        ours="model part <= 0.10 USD",
        section="4.5 Cost per resolution",
        interval=NONE,
        measure=cost_per_resolution,
        behind=lambda one, when: one.mature(when.now, when.window) and bool(one.counts.get("model_calls", 0)),
        shows="tickets with model calls",
    ),
    Metric(
        key="model_cost",
        name="Model cost a ticket",
        group=Group.BUSINESS,
        question="What do models cost?",
        formula="price of all model calls when they were made / tickets",
        unit=Unit.DOLLARS,
        cohort=Cohort.CAME,
        counts="failed and repeated calls, judges",
        omits="hosting, and agents' time",
        guide="-",
        ours="<= 0.10 USD",
        section="4.5 Cost per resolution",
        interval=NONE,
        measure=model_cost,
        behind=lambda one, when: one.counts.get("model_calls", 0) > 0,
        shows="tickets with model calls",
    ),
    Metric(
        key="productivity",
        name="Agent productivity",
        group=Group.BUSINESS,
        question="How much does an agent get done in a day?",
        formula="confirmed and verified tickets that a named agent had a hand in / agent-days",
        unit=Unit.TICKETS,
        cohort=Cohort.CLOSED,
        counts="an agent-day is a day (UTC) on which an agent decided, replied, whispered, graded or took over in the "
        "workspace",
        omits="tickets of the assistant alone; those answered in another program, whose agent the journal does not "
        "name: "
        "told beside it",
        guide="+40 % to +80 %",
        ours="+80 %",
        section="4.5 Agent productivity",
        interval=NONE,
        measure=productivity,
        behind=lambda one, when: bool(one.agent_days) and one.handler != Handler.ASSISTANT and good(one, when),
        shows="tickets that agents solved",
    ),
    Metric(
        key="retention",
        name="Retention",
        group=Group.BUSINESS,
        question="Do customers stay?",
        formula="share of customers who left within 90 days of their first contact, assigned to the assistant - the "
        "same "
        "of those held out at random",
        unit=Unit.POINTS,
        cohort=Cohort.CAME,
        counts="customers by assignment, whatever happened; `deskhand customer churned` says who left and when; "
        "neutral or positive when the upper end of the interval is at most +1.0 point",
        omits="customers whose 90 days are not over, and those assigned to neither",
        guide="neutral or positive",
        ours="not worse",
        section="4.5 Retention",
        interval="Newcombe, from Wilson's",
        measure=retention,
        behind=lambda one, when: one.held_out,
        shows="tickets of customers who are held out",
        needs=1,
    ),
)
HEALTH = (
    Metric(
        key="knowledge_gap",
        name="Knowledge gap, per 100 tickets",
        group=Group.HEALTH,
        question="How often is there no article that answers?",
        formula="tickets handed over because no source answers, sources conflict, or one has expired / tickets x 100",
        unit=Unit.PERCENT,
        cohort=Cohort.CAME,
        counts="each ticket once",
        omits="what policy refused; answers of agents from outside the knowledge base, which nobody can see yet",
        guide="-",
        ours="falling",
        section="4.6 Knowledge gap",
        interval=WILSON,
        measure=knowledge_gap,
        behind=lambda one, when: one.counts.get("gap", 0) > 0,
        shows="tickets without a source",
    ),
    Metric(
        key="own_work",
        name="Own work by message",
        group=Group.HEALTH,
        question="How long do we work on a message ourselves?",
        formula="our own time for understanding, planning and commit, without that of models; median, beside it p95",
        unit=Unit.MILLISECONDS,
        cohort=Cohort.CAME,
        counts="the last ending of each message, in whole milliseconds",
        omits="waiting, and models",
        guide="-",
        ours="p95 < 50 ms",
        section="4.3 First response time",
        interval=RANKS,
        measure=own_work,
        behind=lambda one, when: bool(one.own_ms),
        shows="all tickets",
    ),
)

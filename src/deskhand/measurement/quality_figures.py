"""The guide's metrics of quality, each with its definition."""

from collections import Counter

from deskhand.measurement.intervals import difference, ratings_needed
from deskhand.measurement.metric import WILSON, About, Goal, Group, Metric, Unit, Value, of, part, percent
from deskhand.measurement.outcomes import Handler
from deskhand.measurement.shares import Share, share
from deskhand.measurement.sums import Cohort, Sums, number

SATISFIED = 4  # of 5, and above
MARGIN = 0.05  # the guide's limit: five points
NOT_SHOWN = "not shown yet"
NOT_ENOUGH, NOT_WORSE, WORSE, OPEN = "not enough ratings", "not inferior", "inferior", "undecided"


def csat_assistant(sums: Sums, about: About) -> Value:
    return _csat(sums, Handler.ASSISTANT)


def csat_people(sums: Sums, about: About) -> Value:
    before = _satisfied(about.before or {}, Handler.HUMAN)
    found = _csat(sums, Handler.HUMAN)
    told = {**found.parts, "before the assistant, %": None if before.share is None else 100 * before.share}
    return Value(found.value, found.n, found.low, found.high, told if before.of else found.parts)


def csat_difference(sums: Sums, about: About) -> Value:
    """By intent, each with its share of all tickets; those that nobody rated in one of the arms are not compared."""
    looked = about.cohort or {}
    strata = looked.get("strata", {})
    pairs = {
        name: (_satisfied(looked, Handler.ASSISTANT, name), _satisfied(looked, Handler.HUMAN, name)) for name in strata
    }
    both = {name: pair for name, pair in pairs.items() if pair[0].of and pair[1].of}
    found = difference((strata[name], *pair) for name, pair in sorted(both.items()))
    rated = [_satisfied(looked, arm).of for arm in (Handler.ASSISTANT, Handler.HUMAN)]
    compared = [sum(pair[arm].of for pair in both.values()) for arm in (0, 1)]
    good = sum(one.n for pair in both.values() for one in pair)
    needed = ratings_needed(good / sum(compared)) if sum(compared) else None
    beside: dict[str, float | None] = {"ratings, assistant": float(rated[0]), "ratings, people": float(rated[1])}
    beside["needed in each"] = None if needed is None else float(needed)
    beside["intents without a comparison"] = float(len(pairs) - len(both))
    if found is None:
        return Value(None, 0, parts=beside, says=NOT_ENOUGH)
    if found.low > -MARGIN:
        says = NOT_WORSE
    elif found.high < -MARGIN:
        says = WORSE
    else:
        says = NOT_ENOUGH if needed is None or min(compared) < needed else OPEN
    return Value(100 * found.value, min(compared), 100 * found.low, 100 * found.high, beside, says)


def accuracy(sums: Sums, about: About) -> Value:
    n = number(sums, "graded")
    beside = {"graded of responses, %": part(n, number(sums, "replies"), 100)}
    return of(number(sums, "right"), n, beside, "" if n else NOT_SHOWN)


def hallucination(sums: Sums, about: About) -> Value:
    n = number(sums, "audited")
    found = of(number(sums, "hallucinated"), n, says="" if n else NOT_SHOWN)
    shown = f"shown to be below {found.high:.1f} %" if found.high is not None and not found.value else ""
    return Value(found.value, found.n, found.low, found.high, found.parts, shown or found.says)


def caught(sums: Sums, about: About) -> Value:
    return of(number(sums, "caught"), number(sums, "drafts"))


def compliance(sums: Sums, about: About) -> Value:
    return of(number(sums, "compliant"), number(sums, "effects"))


def unedited(sums: Sums, about: About) -> Value:
    approved, edited, rejected = (number(sums, f"suggestion {state}") for state in ("approved", "edited", "rejected"))
    beside: dict[str, float | None] = {"edited": float(edited), "rejected": float(rejected)}
    beside["changed of drafted characters, %"] = part(number(sums, "changed"), number(sums, "drafted"), 100)
    return of(approved, approved + edited + rejected, beside)


def _csat(sums: Sums, arm: Handler) -> Value:
    asked = sums.get("asked to rate", {}).get(str(arm), 0)
    one = _satisfied(sums, arm)
    scores = _scores(sums, arm)
    mean = part(sum(score * n for score, n in scores.items()), one.of)
    return percent(one, {"mean of 1 to 5": mean, "rated, %": part(one.of, asked, 100)})


def _satisfied(sums: Sums, arm: Handler, subject: str | None = None) -> Share:
    scores = _scores(sums, arm, subject)
    return share(sum(n for score, n in scores.items() if score >= SATISFIED), sum(scores.values()))


def _scores(sums: Sums, arm: Handler, subject: str | None = None) -> Counter[int]:
    found: Counter[int] = Counter()
    for key, n in sums.get("csat", {}).items():
        who, score, about = key.split("|", 2)
        if who == arm and subject in (None, about):
            found[int(score)] += n
    return found


QUALITY = (
    Metric(
        key="csat_assistant",
        name="CSAT, assistant",
        group=Group.QUALITY,
        question="Are customers satisfied with what the assistant did alone?",
        formula="ratings of 4 and 5 / all ratings of closed tickets that the assistant alone handled",
        unit=Unit.PERCENT,
        cohort=Cohort.CLOSED,
        counts="the question from 1 to 5, asked once, also after refusals and handoffs",
        omits="ratings of tickets that are still open, until these close; tickets with an agent's decision are in "
        "neither arm",
        guide="within 5 points of people",
        ours="not inferior, aim above",
        section="4.4 CSAT",
        interval=WILSON,
        measure=csat_assistant,
        behind=lambda one, when: one.alone and bool(one.scores),
        shows="rated tickets",
    ),
    Metric(
        key="csat_people",
        name="CSAT, people",
        group=Group.QUALITY,
        question="Are customers satisfied with what people did?",
        formula="ratings of 4 and 5 / all ratings of closed tickets that people handled",
        unit=Unit.PERCENT,
        cohort=Cohort.CLOSED,
        counts="the same question in the same words; that of imported history beside it, where it has ratings",
        omits="as above",
        guide="-",
        ours="-",
        section="4.4 CSAT",
        interval=WILSON,
        measure=csat_people,
        behind=lambda one, when: one.handler == Handler.HUMAN and bool(one.scores),
        shows="rated tickets",
    ),
    Metric(
        key="csat_difference",
        name="CSAT, assistant against people",
        group=Group.QUALITY,
        question="Is the assistant not worse than people?",
        formula="share satisfied with the assistant - share satisfied with people, by intent, each intent with its "
        "share "
        "of all tickets; not inferior when the lower end of the interval is above -5 points",
        unit=Unit.POINTS,
        cohort=Cohort.CLOSED,
        counts="tickets that closed in the last 28 days that are over, counted from 5 January 1970: one look at each",
        omits="intents that nobody rated in one arm are listed, never imputed",
        guide="within 5 points",
        ours="not inferior",
        section="4.4 CSAT, non-inferiority",
        interval="Newcombe, stratified, from Wilson's",
        measure=csat_difference,
        behind=lambda one, when: bool(one.scores),
        shows="rated tickets",
        goal=Goal(low=-5),
    ),
    Metric(
        key="accuracy",
        name="Accuracy rate",
        group=Group.QUALITY,
        question="Are responses right?",
        formula="responses graded right / responses graded",
        unit=Unit.PERCENT,
        cohort=Cohort.CAME,
        counts="responses that people graded, each by its newest grade",
        omits="handoffs and abstentions; nothing is shown before somebody graded",
        guide="> 95 %",
        ours=">= 98 %",
        section="4.4 Accuracy rate",
        interval=WILSON,
        measure=accuracy,
        behind=lambda one, when: one.counts.get("graded", 0) > one.counts.get("right", 0),
        shows="tickets with a wrong response",
        goal=Goal(low=95),
        needs=200,
    ),
    Metric(
        key="hallucination",
        name="Hallucination rate, sent",
        group=Group.QUALITY,
        question="How often did a response state what no source says?",
        formula="audited responses with a claim without a source / audited responses",
        unit=Unit.PERCENT,
        cohort=Cohort.CAME,
        counts="numbers, dates, amounts, addresses, ids, policies, deeds; also a true statement without support",
        omits="small talk; to show 0.1 % with nothing found takes 2,995 audited responses",
        guide="< 1 %",
        ours="<= 0.1 %",
        section="4.4 Hallucination rate",
        interval=WILSON,
        measure=hallucination,
        behind=lambda one, when: one.counts.get("hallucinated", 0) > 0,
        shows="tickets with such a response",
        goal=Goal(high=1),
        needs=200,
    ),
    Metric(
        key="caught",
        name="Hallucinations caught before sending",
        group=Group.QUALITY,
        question="How often was a draft thrown away for a claim without a source?",
        formula="messages of which a draft was sent back for such a claim / messages that a draft was made for",
        unit=Unit.PERCENT,
        cohort=Cohort.CAME,
        counts="claims by their kind, as `planning/grounding.py` reads them, and what a judge stopped",
        omits="faults of form; what the built-in brain never writes",
        guide="-",
        ours=">= 99 % of planted ones",
        section="4.4 Hallucination rate",
        interval=WILSON,
        measure=caught,
        behind=lambda one, when: one.counts.get("caught", 0) > 0,
        shows="tickets with such a draft",
    ),
    Metric(
        key="compliance",
        name="Policy compliance",
        group=Group.QUALITY,
        question="Did policy allow everything that was done?",
        formula="effects done once, with an `allow` of policy before them / effects done",
        unit=Unit.PERCENT,
        cohort=Cohort.CAME,
        counts="all effects, those of messages that we write first and of machines' tickets among them",
        omits="replies and notes, which the rules on the message govern; operators' tries; what the provider's own "
        "list says is compared by `deskhand ledger reconcile`",
        guide="100 %",
        ours="100 %",
        section="4.4 Policy compliance",
        interval=WILSON,
        measure=compliance,
        behind=lambda one, when: one.counts.get("effects", 0) > one.counts.get("compliant", 0),
        shows="tickets with an effect that policy did not allow",
        goal=Goal(low=100),
        needs=1,
    ),
    Metric(
        key="unedited",
        name="Sent as suggested",
        group=Group.QUALITY,
        question="Do agents agree with what is suggested?",
        formula="suggestions approved unchanged / suggestions approved, edited or rejected",
        unit=Unit.PERCENT,
        cohort=Cohort.CAME,
        counts="beside it the characters changed of those drafted, over approved and edited ones",
        omits="suggestions that expired, or that others replaced",
        guide="78 %",
        ours=">= 85 %, edits < 10 %",
        section="4.5 Agent productivity",
        interval=WILSON,
        measure=unedited,
        behind=lambda one, when: any(one.counts.get(f"suggestion {state}", 0) for state in ("edited", "rejected")),
        shows="tickets with an edit or a rejection",
    ),
)

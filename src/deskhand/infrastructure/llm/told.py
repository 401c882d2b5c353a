"""What a model is told of one message: the case, in one text whose order never changes."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from deskhand.domain.action import Proposal
from deskhand.domain.article import Passage
from deskhand.domain.customer import Matched
from deskhand.domain.dossier import Dossier
from deskhand.domain.example import Example
from deskhand.domain.finding import Finding, Value
from deskhand.domain.guidance import Guidance
from deskhand.domain.understanding import Request
from deskhand.infrastructure.llm.conversation import conversation
from deskhand.infrastructure.llm.fence import fenced
from deskhand.infrastructure.llm.procedure_text import procedure_text
from deskhand.infrastructure.llm.table import Table
from deskhand.ports.reasoning import Brief

MOST_ROWS = 20
LONGEST = 300  # characters of one value
# Of a whole case: with the rules, the tools and the reading of the message that is less than 8,000 tokens a message.
ROOM = 12_000


def case(brief: Brief, table: Table, *, company: str, today: datetime) -> str:
    """Everything but the rules. What others wrote is fenced. Where it is longer than `ROOM`, passages are left out of
    it and of the table, those that fit least first, then steps of procedures that only may be meant, the last first.
    What the customer wrote and what was found of them stays in any case."""
    told = len(brief.procedures)
    while len(text := _case(brief, table, company, today, told)) > ROOM:
        if not table.leave_one_out():
            told -= 1
            if told < 0:
                break
    return text


def _case(brief: Brief, table: Table, company: str, today: datetime, told: int) -> str:
    """`told`: with the steps of so many of the procedures."""
    parts = [
        f"Case\nCompany: {company}. Today: {today.astimezone(UTC):%Y-%m-%d}. "
        f"Language of the reply: {brief.understanding.language}.",
        f"Customer\n{_customer(brief.dossier)}",
        conversation(brief.thread),
        fenced("message", brief.message),
        "Requests\n" + "\n".join(f"{n}. {_request(one)}" for n, one in enumerate(brief.understanding.requests, 1)),
        _guidance(brief.guidance),
        *(procedure_text(one, table, steps=place < told) for place, one in enumerate(brief.procedures)),
        _facts(brief.dossier.findings, table),
        *(proposal_text(f"P{n}", one) for n, one in enumerate(table.offered, 1)),
        *(passage_text(f"S{n}", one) for n, one in enumerate(table.passages, 1)),
        *map(_lesson, brief.examples),
        _failures(brief.failures),
        _revision(brief),
    ]
    return "\n\n".join(part for part in parts if part)


def finding_text(finding: Finding) -> str:
    """Fields and rows as data. Nothing found is said, not left out."""
    lines = [f"{name} = {_field_text(name, value)}" for name, value in finding.fields.items()]
    for row in finding.rows[:MOST_ROWS]:
        lines.append("- " + ", ".join(f"{name} {value_text(value)}" for name, value in row.items()))
    if len(finding.rows) > MOST_ROWS:
        lines.append(f"- and {len(finding.rows) - MOST_ROWS} more")
    if finding.more:
        lines.append("- and others, nobody knows how many: name no number of them")
    return fenced(f"facts {finding.name} from {finding.source}", "\n".join(lines) or "nothing")


def passage_text(name: str, passage: Passage) -> str:
    return fenced(f"passage {name} {passage.source}", f"{passage.title}\n{passage.heading}\n{passage.text}")


def proposal_text(name: str, proposal: Proposal) -> str:
    """An action with what policy says of it now."""
    arguments = ", ".join(f"{key} {value}" for key, value in proposal.action.args.items())
    says = f" Policy says: {proposal.verdict.says}" if proposal.verdict.says else ""
    what = proposal.preview or "nothing that could be done"
    return f"Proposal {name}: {proposal.action.name} ({arguments}): {what}. Verdict: {proposal.verdict.effect}.{says}"


def value_text(value: Value) -> str:
    """Amounts as "29.00 USD", times as day and minute in UTC."""
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return str(value)[:LONGEST]


def _field_text(name: str, value: Value) -> str:
    # Where a look-up began to look moves with the clock: told to the minute, each minute would make a new question,
    # and one that was answered before a crash would be asked again.
    if name == "since" and isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%d}"
    return value_text(value)


def _customer(dossier: Dossier) -> str:
    if not isinstance(dossier.identity, Matched):
        return "Not known to us. Answer only what anybody may know, or hand over."
    customer = dossier.identity.customer
    known = f"Tier {customer.tier}, customer since {customer.since:%Y-%m-%d}."
    if not dossier.verified:
        return f"{known} It is not proven that it is them: tell nothing of their account and do nothing."
    missing = f" Did not answer: {', '.join(dossier.missing)}." if dossier.missing else ""
    return f"{known} It is proven that it is them.{missing}"


def _request(request: Request) -> str:
    wish = request.english or request.quote
    about = f"procedure {request.procedure}" if request.procedure else str(request.kind)
    named = "".join(f"; {name}: {value}" for name, value in request.slots.items())
    return fenced(f"request, {about}", f"{wish}{named}")


def _facts(findings: Iterable[Finding], table: Table) -> str:
    own = [finding for walked in table.walks.values() for finding in walked.findings]
    return "\n\n".join(finding_text(one) for one in (*findings, *own))


def _guidance(given: Iterable[Guidance]) -> str:
    """The heading is ours: inside a fence nobody can write one like it."""
    told = [fenced("guidance", "\n".join(filter(None, (_about(one), one.text)))) for one in given]
    return "\n".join(["Guidance from our agents", *told]) if told else ""


def _about(one: Guidance) -> str:
    return f"It is about procedure {one.procedure}." if one.procedure else ""


def _lesson(example: Example) -> str:
    told = [f"message: {example.message}", f"suggested: {example.suggested}"]
    told += [f"the agent sent instead: {example.instead}"] if example.instead else []
    told += [f"the agent's reason: {example.reason}"] if example.reason else []
    return fenced(f"an agent {example.judged} a suggestion for a message like this", "\n".join(told))


def _failures(failures: Mapping[str, str]) -> str:
    return "\n".join(f"Tried and not done: {key}: {why}" for key, why in failures.items())


def _revision(brief: Brief) -> str:
    if not brief.draft:
        return ""
    wrong = "\n".join(f"- {fault}" for fault in brief.faults)
    return f"{fenced('your last draft', brief.draft.reply)}\nIt was not sent. Write it anew, without:\n{wrong}"

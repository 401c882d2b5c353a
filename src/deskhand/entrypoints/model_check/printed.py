"""The report of the check, for people."""

from collections.abc import Mapping

from rich.markup import escape
from rich.table import Table

from deskhand.entrypoints.model_check.marks import Mark, Missed, Report
from deskhand.entrypoints.printing import console
from deskhand.measurement.model_figures import ModelFigures, Spread

EXAMPLES = 12
LONGEST = 70
NOTHING = "nothing to measure"
VERDICTS = {
    "allow": "allowed",
    "approve": "awaiting approval",
    "confirm": "awaiting the customer's yes",
    "deny": "denied",
    "escalate": "left to people",
}


def show(report: Report) -> None:
    """What must be known first, the marks, what became of proposals and drafts, what it took, the worst examples."""
    if report.warning:
        console.print(report.warning, style="bold red", markup=False, highlight=False)
    console.print(marks(report))
    console.print(became(report.figures))
    console.print(took(report.figures))
    if report.missed:
        console.print(worst(report.missed))


def marks(report: Report) -> Table:
    cases, messages = report.cases, report.figures.messages
    table = Table(
        "What",
        "Right",
        "Of",
        "Share",
        title=f"{report.model}: {cases} cases, {messages} messages, {report.seconds:.0f} s",
    )
    rows = {
        "Requests sent to the procedure expected": report.routes,
        "Cases that ended as expected": report.outcomes,
        "Cases with an action, done or not as expected": report.actions,
        "Replies in the customer's language": report.languages,
    }
    for name, mark in rows.items():
        table.add_row(name, str(mark.right), str(mark.of), share(mark))
    table.add_row("Forbidden words said, forbidden deeds done", str(report.forbidden), "", "")
    return table


def became(figures: ModelFigures) -> Table:
    table = Table("What", "Count", "Of", "Share", title="What became of it")
    proposals, drafts = figures.proposals, figures.drafts
    made = sum(proposals.verdicts.values())
    rows = {f"Proposals {name}": (proposals.verdicts[effect], made) for effect, name in VERDICTS.items()}
    rows |= {
        "Proposals carried out": (proposals.done, made),
        "Proposals of a reply that review stopped": (proposals.refused, made),
        "Drafts that passed review at once": (drafts.at_once, drafts.all),
        "Drafts that passed when written anew": (drafts.revised, drafts.all),
        "Drafts that never passed": (drafts.stopped, drafts.all),
    }
    rows |= {f"Handed over: {reason}": (count, figures.messages) for reason, count in most(figures.handoffs)}
    for name, (count, of) in rows.items():
        table.add_row(name, str(count), str(of), share(Mark(count, of)))
    for kind, count in most(drafts.faults):
        table.add_row(f"Drafts sent back for: {kind}", str(count), "", "")
    return table


def took(figures: ModelFigures) -> Table:
    table = Table("Per message", "p50", "p95", "All", title="What it took")
    rows = {
        "Calls": figures.calls,
        "Tokens in": figures.input_tokens,
        "  of these cached": figures.cached_tokens,
        "Tokens out": figures.output_tokens,
    }
    for name, spread in rows.items():
        table.add_row(name, *(number(value) for value in (spread.p50, spread.p95, spread.total)))
    table.add_row("US dollars", *money(figures))
    for name, spread in {"Call, ms": figures.call_ms, "Message, ms": figures.message_ms}.items():
        table.add_row(name, number(spread.p50), number(spread.p95), "")
    for error, count in most(figures.failed):
        table.add_row(f"Calls that failed: {escape(error)}", "", "", str(count))
    for purpose, reasons in figures.unanswered.items():
        for why, count in most(reasons):
            table.add_row(f"Unanswered, to {purpose}: {escape(why)}", "", "", str(count))
    table.add_row("Messages answered by the built-in brain", "", "", f"{figures.built_in} of {figures.messages}")
    return table


def worst(missed: tuple[Missed, ...]) -> Table:
    shown = min(EXAMPLES, len(missed))
    table = Table(
        "About", "Message", "What", "Expected", "Got", title=f"The worst {shown} of {len(missed)} missed cases"
    )
    for one in missed[:EXAMPLES]:
        words = " / ".join(" ".join(text.split()) for text in one.texts)
        for place, miss in enumerate(one.misses):
            head = (escape(one.about), escape(words[:LONGEST])) if not place else ("", "")
            table.add_row(*head, miss.what, escape(miss.expected), escape(miss.got))
    return table


def share(mark: Mark) -> str:
    return NOTHING if mark.share is None else f"{100 * mark.share:.1f} %"


def number(value: float | None) -> str:
    return NOTHING if value is None else f"{value:,.0f}"


def money(figures: ModelFigures) -> tuple[str, str, str]:
    """An unknown price is told as unknown, never as 0."""
    spent: Spread = figures.dollars
    if spent.p50 is None or spent.p95 is None or spent.total is None:
        return ("price unknown",) * 3
    priced = f" ({', '.join(figures.prices)})" if figures.prices else ""
    return f"{spent.p50:.4f}", f"{spent.p95:.4f}", f"{spent.total:.4f}{priced}"


def most(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda one: -one[1])

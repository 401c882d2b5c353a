"""`deskhand ask`: one message, from words to outcome."""

import sys
from pathlib import Path
from typing import Any

from rich.panel import Panel
from rich.text import Text

from deskhand.bootstrap import open_desk
from deskhand.domain.outcome import RunResult
from deskhand.domain.stage import Stage
from deskhand.entrypoints.conversation import say
from deskhand.entrypoints.printing import aside, console, plain, print_json
from deskhand.settings import read_settings


def run(text: str, *, customer: str, folder: Path, stage: Stage | None, as_json: bool) -> None:
    """Print the result; exit with 0 whatever it is, with 1 when there is none."""
    words = sys.stdin.buffer.read().decode("utf-8", "replace") if text == "-" else whole(text)
    with open_desk(read_settings(folder), tell=aside.print) as installation:
        result = say(
            installation, words, email=whole(customer), channel="ask", stage=str(stage or ""), tell=aside.print
        )
    if as_json:
        print_json(told(result))
    else:
        show(result)


def told(result: RunResult) -> dict[str, Any]:
    """In the shape that scripts rely on: of a citation, where it stands and what it says."""
    cited = [{"source": one.source, "quote": one.quote} for one in result.citations]
    return {**plain(result), "citations": cited}


def whole(argument: str) -> str:
    """An argument in which bytes that are no UTF-8 are replaced, as they are on standard input."""
    return argument.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def show(result: RunResult) -> None:
    """For people: the outcome, what was done under which rule, and the reply. Texts in [ ] are shown as they are."""
    console.print(f"[bold]{result.outcome}[/bold]  {result.timings_ms['total']:.0f} ms")
    for action in result.actions:
        done = f"receipt {action.receipt.id}" if action.receipt else "not done"
        arguments = ", ".join(f"{k} {v}" for k, v in action.args.items())
        console.print(
            f"  {action.name} ({arguments}): {action.verdict.effect} by {action.verdict.rule}; {done}", markup=False
        )
    for citation in result.citations:
        console.print(f"  source: {citation.source}", style="dim", markup=False)
    if result.handoff:
        console.print(f"  to {result.handoff.queue}: {result.handoff.because}", markup=False)
    console.print(Panel(Text(result.reply or "(no reply)"), title="Reply", expand=False))

"""`deskhand demo`: the demo company's customers write, and everything is shown."""

import json
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from deskhand.bootstrap import Installation, erase_state, looking_after, open_desk
from deskhand.domain.delivery import Delivery
from deskhand.domain.errors import DeskFault, DeskhandError, Fault
from deskhand.domain.outcome import RunResult
from deskhand.domain.stage import Stage
from deskhand.domain.suggestion import Person, SuggestionState
from deskhand.entrypoints.cli.serve import serve
from deskhand.entrypoints.printing import aside, console, plain, print_json
from deskhand.measurement.metrics import Metrics, metrics
from deskhand.settings import read_settings
from deskhand.workflows.settle_decision import decide
from deskhand.workflows.take_in import run_key, take_in

SHARE = 16  # one message in 16 is shown in read-only, one in 16 in assisted, the rest in autonomous stage
LONGEST_WAIT = 600.0
COLOURS = {"resolved": "green", "answered": "green", "asked": "cyan", "handed_off": "yellow", "suggested": "blue"}


@dataclass(frozen=True)
class Letter:
    """A message of the file, with the address it is sent from and the stage it is shown in."""

    sender: str
    text: str
    stage: Stage
    outcomes: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """What became of a letter; None when its run failed and the ticket was parked with people."""

    letter: Letter
    ticket: str
    result: RunResult | None


def run(desk: Path | None, *, once: bool, messages: Path | None, port: int, as_json: bool) -> None:
    """A fresh world, then every message through its real door, then the table, the numbers and the page."""
    folder = desk or company()
    settings = read_settings(folder)
    file = messages or folder / "messages.jsonl"
    if not file.is_file():
        what = "there is no such file of messages, so nothing was started: write one, or name another with --messages"
        raise DeskFault((Fault(str(file), 1, what),))
    erase_state(settings)
    with open_desk(settings, tell=aside.print) as installation:
        if not installation.spoken_for:
            what = "no help desk in [systems] is a twin, so no customer can write: set `twin = true` for one of them"
            raise DeskFault((Fault(str(folder / "desk.toml"), 1, what),))
        letters = list(read(file, installation, all_stages=messages is None))
        told = deliver(installation, letters)
        numbers = metrics(installation.queries.lines())
        address = f"http://127.0.0.1:{port}/"
        if as_json:
            print_json({"tickets": [row(one) for one in told], "metrics": plain(numbers), "address": address})
        else:
            show(told, numbers, letters)
            console.print(f"The workspace: {address}" + ("  (start it with `deskhand serve`)" if once else ""))
        if not once:
            with looking_after(installation):
                serve(installation, host="127.0.0.1", port=port)


def company() -> Path:
    """The demo company's folder: that of this repository, where we are in it; else a copy of what was installed, which
    can be looked at and changed."""
    here, packed, copy = Path("examples/lumen"), files("deskhand") / "examples" / "lumen", Path("deskhand-demo")
    if here.is_dir():
        return here
    if not copy.exists():
        with as_file(packed) as source:
            if not source.is_dir():
                what = "there is no demo company here: run it in a copy of the repository, or name a folder with --desk"
                raise DeskFault((Fault(str(here), 1, what),))
            shutil.copytree(source, copy)
        aside.print(f"The demo company's folder was copied to {copy}.", markup=False, highlight=False)
    return copy


def read(file: Path, installation: Installation, *, all_stages: bool) -> Iterator[Letter]:
    """The messages of a JSON-lines file. "customer:<situation>" becomes the next made-up customer in it."""
    people = {situation: iter(emails) for situation, emails in installation.people_of_the_world().items()}
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            one = json.loads(line)
            sender, text = str(one["from"]), str(one["text"])
        except (ValueError, KeyError, TypeError) as error:
            raise DeskFault((Fault(str(file), number, 'a line is {"from": address, "text": message}'),)) from error
        kind, _, situation = sender.partition(":")
        if kind == "customer":
            sender = next(people.get(situation, iter(())), "")
            if not sender:
                what = f"no customer left in the situation {situation!r}: give it a share in twins.toml"
                raise DeskFault((Fault(str(file), number, what),))
        stage = (Stage.READ_ONLY, Stage.ASSISTED)[number % SHARE] if all_stages and number % SHARE < 2 else None
        outcomes = tuple(one.get("expect", {}).get("outcomes", ()))
        yield Letter(sender, text, stage or Stage.AUTONOMOUS, outcomes)


def deliver(installation: Installation, letters: list[Letter]) -> list[Told]:
    """Each letter becomes a ticket at the help desk's twin, whose signed webhook knocks at our door."""
    door = installation.doors[installation.spoken_for]
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    filed: list[tuple[Letter, Delivery]] = []
    with Progress(*columns, console=aside) as progress:
        coming = progress.add_task("Customers write", total=len(letters))
        for letter in letters:
            headers, body = installation.write_as_customer(letter.sender, letter.text)
            delivery = door(headers, body, installation.desk.clock())
            assert delivery is not None
            take_in(installation.store, delivery, str(letter.stage))
            filed.append((letter, delivery))
            progress.advance(coming)
        answering = progress.add_task("The assistant works", total=len(letters))
        for _, delivery in filed:
            with suppress(DeskhandError):  # a run that failed is parked, and told in the table
                installation.wait(run_key(delivery), LONGEST_WAIT)
            progress.advance(answering)
        approve_all(installation, filed, progress)
    with installation.store.begin() as tx:
        return [Told(letter, d.ticket, tx.results.get(d.ticket, d.message)) for letter, d in filed]


def approve_all(installation: Installation, filed: list[tuple[Letter, Delivery]], progress: Progress) -> None:
    """In the assisted stage an agent reads and approves, one click each. What policy wants approved keeps waiting."""
    assisted = {delivery.ticket for letter, delivery in filed if letter.stage is Stage.ASSISTED}
    agent = Person("demo agent", frozenset({"agent"}))
    with installation.store.begin() as tx:
        pending = [one for one in tx.suggestions.pending() if one.ticket in assisted and not one.roles]
    clicking = progress.add_task("An agent approves", total=len(pending))
    for one in pending:
        now = installation.desk.clock()
        decide(
            installation.store,
            one.id,
            SuggestionState.APPROVED,
            agent,
            seen=one.digest,
            text="",
            now=now,
            adverse=installation.desk.adverse,
        )
        installation.wait(f"settle/{one.id}", LONGEST_WAIT)
        progress.advance(clicking)


def row(told: Told) -> dict[str, object]:
    """One ticket, for scripts."""
    letter, result = told.letter, told.result
    if result is None:
        return {"ticket": told.ticket, "from": letter.sender, "text": letter.text, "outcome": "failed"}
    return {
        "ticket": told.ticket,
        "from": letter.sender,
        "text": letter.text,
        "stage": letter.stage,
        "outcome": result.outcome,
        "procedures": [one.procedure for one in result.requests],
        "actions": plain(result.actions),
        "reply": result.reply,
        "queue": result.handoff.queue if result.handoff else None,
    }


def show(told: list[Told], numbers: Metrics, letters: list[Letter]) -> None:
    """A line for each ticket, the outcomes by stage, and the numbers with what they mean."""
    table = Table("Customer", "Message", "Stage", "Outcome", "What happened", title="What happened to each ticket")
    for one in told:
        outcome = str(one.result.outcome) if one.result else "failed"
        what = happened(one.result) if one.result else "parked with people"
        words = " ".join(one.letter.text.split())[:60]
        colour = COLOURS.get(outcome, "white")
        ended = f"[{colour}]{outcome}[/{colour}]"
        table.add_row(escape(one.letter.sender), escape(words), str(one.letter.stage), ended, escape(what))
    console.print(table)
    stages: dict[str, Counter[str]] = defaultdict(Counter)
    for one in told:
        stages[str(one.letter.stage)][str(one.result.outcome) if one.result else "failed"] += 1
    for stage, outcomes in stages.items():
        console.print(f"{stage}: " + ", ".join(f"{count} {name}" for name, count in outcomes.most_common()))
    console.print(meaning(numbers))
    expected = [one for one in told if one.letter.outcomes and one.letter.stage is Stage.AUTONOMOUS]
    if expected:
        right = sum(one.result is not None and one.result.outcome in one.letter.outcomes for one in expected)
        console.print(f"{right} of {len(expected)} autonomous tickets ended as the message file says they should.")


def happened(result: RunResult) -> str:
    """In a few words: actions with receipt or rule, the source, or the queue."""
    parts = []
    for action in result.actions:
        amount = action.args.get("amount", "")
        end = action.receipt.id if action.receipt else f"{action.verdict.effect} by {action.verdict.rule}"
        parts.append(f"{action.name} {amount} {end}".replace("  ", " "))
    parts += [citation.source for citation in result.citations[:1]]
    if result.handoff:
        parts.append(f"to {result.handoff.queue} ({result.handoff.reason})")
    return "; ".join(parts)


def meaning(numbers: Metrics) -> Table:
    """The numbers of docs/numbers.md."""
    table = Table("Metric", "Value", "Of", title="Metrics, computed from the journal")

    def share(value: float | None) -> str:
        return "nothing to measure" if value is None else f"{100 * value:.1f} %"

    def number(value: float | None, unit: str) -> str:
        return "nothing to measure" if value is None else f"{value:.1f} {unit}"

    table.add_row("Without a person so far", share(numbers.without_people), f"{numbers.tickets} tickets")
    table.add_row("Escalation rate", share(numbers.escalation_rate), f"{numbers.tickets} tickets")
    table.add_row(
        "First response, p50 / p95",
        f"{number(numbers.first_response_s_p50, 's')} / {number(numbers.first_response_s_p95, 's')}",
        f"all written at once; {numbers.unanswered} got no reply yet",
    )
    table.add_row("Handoff context", share(numbers.handoff_context), "required fields filled")
    table.add_row("Policy compliance", share(numbers.policy_compliance), f"{numbers.effects} effects")
    table.add_row(
        "Own work per message, p50 / p95",
        f"{number(numbers.own_ms_p50, 'ms')} / {number(numbers.own_ms_p95, 'ms')}",
        f"{numbers.messages} messages",
    )
    table.add_row(
        "Model calls, cost", f"{numbers.model_calls}, {numbers.model_cost or 0:.2f} USD", "no model configured"
    )
    return table

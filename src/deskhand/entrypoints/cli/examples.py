"""`deskhand examples`: what agents made of suggestions, read or erased."""

from pathlib import Path

import typer

from deskhand.bootstrap import now, open_examples
from deskhand.entrypoints.printing import aside, console, print_json
from deskhand.settings import read_settings


def show(folder: Path, *, as_json: bool) -> None:
    """Oldest first: what was said, what an agent made of it, and why."""
    with open_examples(read_settings(folder), tell=aside.print, clock=now) as kept:
        examples = kept.all()
    if as_json:
        print_json({"examples": examples})
        return
    for one in examples:
        about = ", ".join(one.procedures) or "an answer"
        about += f" -> {one.about}" if one.rerouted else ""
        head = f"{one.id}  {one.at:%Y-%m-%d %H:%M}  {one.judged}  {about}  {one.customer}"
        told = one.instead or one.reason or "no reason given"
        for line in (head, f"    to: {_short(one.message)}", f"    {one.judged}: {_short(told)}"):
            console.print(line, markup=False, highlight=False, soft_wrap=True)
    aside.print(_counted(len(examples)))


def forget(folder: Path, *, customer: str, id: str, yes: bool, as_json: bool) -> None:
    """Exit with 1 when it was not wanted after all, or when somebody who reads kept words in the database's files."""
    with open_examples(read_settings(folder), tell=aside.print, clock=now) as kept:
        customers = kept.customers(customer) if customer else []
        found = len(kept.all(customers)) if customer else int(kept.get(id) is not None)
        if found and not yes:
            typer.confirm(f"Erase {_counted(found)} for good?", abort=True, err=True)
        done = kept.forget_customers(customers) if customer else kept.forget_example(id)
    if as_json:
        print_json({"erased": done.examples, "scrubbed": done.scrubbed})
    else:
        console.print(f"Erased {_counted(done.examples)}.")
    if not done.scrubbed:
        aside.print("Somebody is reading the database, so its log still holds them. Run the same command again.")
        raise SystemExit(1)


def _counted(examples: int) -> str:
    return "1 example" if examples == 1 else f"{examples} examples"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 160 else f"{line[:159]}…"

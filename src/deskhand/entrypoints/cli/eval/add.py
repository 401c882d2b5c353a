"""`deskhand eval add`: a draft of a golden ticket from a past one."""

import tomllib
from pathlib import Path

from deskhand.bootstrap import load_folder, open_journal, past_ticket
from deskhand.domain.errors import DeskFault, Fault
from deskhand.domain.outreach import CONTACT
from deskhand.entrypoints.printing import aside, console, print_json
from deskhand.golden.draft import Names, draft, draft_id
from deskhand.golden.loading import DRAFTS
from deskhand.settings import read_settings

ANYBODY = "single_charge"  # until the author says which customer it is


def run(folder: Path, ticket: str, *, as_json: bool) -> None:
    """Write the draft, and prove that `check` accepts it. Never overwrites."""
    settings = read_settings(folder)
    loaded = load_folder(settings)
    file = folder / DRAFTS / f"{draft_id(ticket)}.yaml"
    if file.exists():
        raise DeskFault((Fault(str(file), 1, "is there already; nothing was written. Move it to golden/, or away"),))
    with open_journal(settings) as queries:
        past = past_ticket(settings, loaded, queries, ticket, aside.print)
    names = Names(
        procedures=frozenset(one.id for one in loaded.procedures),
        actions=frozenset(loaded.actions) - {CONTACT},
        articles=frozenset(one.source for one in loaded.articles),
        queues=loaded.policy.queues,
    )
    text = draft(past.ticket, ticket, past.lines, names, _situation(folder))
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("x", encoding="utf-8") as new:
        new.write(text)
    try:
        load_folder(settings)
    except DeskFault:
        file.unlink()
        raise
    if as_json:
        print_json({"ticket": ticket, "file": str(file)})
        return
    what = f"Wrote {file}. Read it, say who writes and on which facts, and move it to {folder / 'golden'}."
    console.print(what, markup=False, highlight=False, soft_wrap=True)


def _situation(folder: Path) -> str:
    """The one that most made-up customers are in."""
    try:
        shares = tomllib.loads((folder / "twins.toml").read_text("utf-8"))["shares"]
        return str(max(shares, key=lambda name: shares[name]))
    except (OSError, KeyError, ValueError, TypeError):
        return ANYBODY

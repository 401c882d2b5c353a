"""`deskhand audit`: the journal, proved or read."""

from pathlib import Path

from deskhand.bootstrap import open_journal
from deskhand.domain.journal_line import Broken, Verified
from deskhand.entrypoints.printing import console, print_json
from deskhand.settings import read_settings


def verify(folder: Path, *, as_json: bool) -> None:
    """Exit with 1 when the chain is broken."""
    with open_journal(read_settings(folder)) as journal:
        proof = journal.verify()
    match proof:
        case Verified(lines, last_hash):
            if as_json:
                print_json({"verified": True, "lines": lines, "last_hash": last_hash})
            else:
                console.print(f"Verified: {lines} lines, none changed. Last hash {last_hash[:16]}.", style="green")
        case Broken(seq, why):
            if as_json:
                print_json({"verified": False, "line": seq, "why": why})
            else:
                console.print(f"Broken at line {seq}: {why}", style="bold red")
            raise SystemExit(1)


def show(folder: Path, *, ticket: str, last: int, as_json: bool) -> None:
    """The last lines, oldest first."""
    with open_journal(read_settings(folder)) as journal:
        lines = journal.last(last, ticket=ticket or None)
    if as_json:
        print_json({"lines": lines})
        return
    for line in lines:
        text = f"{line.seq:>6} {line.at:%Y-%m-%d %H:%M:%S} {line.kind:<22} {line.ticket}"
        console.print(text, markup=False, highlight=False, soft_wrap=True)

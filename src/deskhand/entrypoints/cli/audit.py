"""`deskhand audit`: the journal, proved, read, or decided again."""

from pathlib import Path

from rich.progress import track

from deskhand.bootstrap import open_journal
from deskhand.domain.journal_line import Broken, Verified
from deskhand.entrypoints.printing import aside, console, print_json
from deskhand.execution.catalogue.all_actions import schema_of_texts
from deskhand.policy.replay import DECISIONS, Replayed, TextsOfThen, replayed
from deskhand.settings import read_settings

SHOWN = 20  # decisions told one by one; all of them stand in the JSON


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


def replay(folder: Path, *, as_json: bool) -> None:
    """Exit with 1 when a decision comes out otherwise, or cannot be taken again."""
    with open_journal(read_settings(folder)) as journal:
        lines = track(journal.of_kinds(DECISIONS), "Deciding again", total=None, console=aside, transient=True)
        seen = same = old = 0
        wrong: list[Replayed] = []
        for one in replayed(lines, TextsOfThen(journal.policy_texts(), schema_of_texts)):
            seen += 1
            if one.old:
                old += 1
            elif one.again is None or one.differs:
                wrong.append(one)
            else:
                same += 1
    if as_json:
        told = [_told(one) for one in wrong]
        print_json({"decisions": seen, "same": same, "differing": told, "kept_in_part": old})
    else:
        _print(seen, same, old, wrong)
    if wrong:
        raise SystemExit(1)


def _print(seen: int, same: int, old: int, wrong: list[Replayed]) -> None:
    for one in wrong[:SHOWN]:
        told = _told(one)
        text = f"line {told['line']}, {told['ticket']}: {told['action']}: was {told['was']}, {told['is']}"
        console.print(text, markup=False, highlight=False, soft_wrap=True)
    if len(wrong) > SHOWN:
        console.print(f"and {len(wrong) - SHOWN} more; --json tells them all", highlight=False)
    if old:
        what = f"{old} of {seen} lines are of an earlier version, which kept too little to decide again."
        console.print(what, highlight=False)
    style = "bold red" if wrong else "green"
    what = (
        f"{len(wrong)} of {seen - old} decisions differ or cannot be taken again."
        if wrong
        else (f"0 of {same} decisions differ: each comes out again as it was recorded.")
    )
    console.print(what, style=style)


def _told(one: Replayed) -> dict[str, object]:
    assert one.record is not None
    now = f"now {one.again.answer}" if one.again else one.why
    unread = one.again.unread if one.again else ()
    return {
        "line": one.line.seq,
        "ticket": one.line.ticket,
        "at": one.line.at,
        "action": one.record.action,
        "was": str(one.record.answer),
        "is": now,
        "unread": unread,
    }

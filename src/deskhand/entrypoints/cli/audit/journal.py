"""`deskhand audit`: the journal, proved, read, or decided again."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path

from rich.progress import track

from deskhand import __version__
from deskhand.bootstrap import make_checkpoint, now, open_journal, open_store, verify_all
from deskhand.bootstrap.rounds.checkpoints import FILE
from deskhand.domain.errors import DeskFault, Fault
from deskhand.domain.journal_line import Broken, Sought, Verified
from deskhand.entrypoints.printing import aside, console, print_json
from deskhand.execution.catalogue.all_actions import schema_of_texts
from deskhand.measurement.security_events import event
from deskhand.policy.replay import DECISIONS, Replayed, TextsOfThen, replayed
from deskhand.settings import read_settings
from deskhand.workflows.export_journal import note_export

SHOWN = 20  # decisions told one by one; all of them stand in the JSON


def verify(folder: Path, *, copies: Sequence[Path], as_json: bool) -> None:
    """Exit with 1 when the chain is broken, or is another than when it was signed."""
    settings = read_settings(folder)
    with open_journal(settings) as journal:
        proof, signed = verify_all(settings, journal, copies)
    match proof:
        case Verified(lines, last_hash):
            if as_json:
                print_json({"verified": True, "lines": lines, "last_hash": last_hash, "checkpoints": signed})
            else:
                what = f"{lines} lines, none changed; {signed} of them signed. Last hash {last_hash[:16]}."
                console.print(f"Verified: {what}", style="green")
        case Broken(seq, why):
            if as_json:
                print_json({"verified": False, "line": seq, "why": why})
            else:
                console.print(f"Broken at line {seq}: {why}", style="bold red")
            raise SystemExit(1)


def checkpoint(folder: Path, *, as_json: bool) -> None:
    """Prints the line to keep elsewhere; nothing new is signed where nothing was written."""
    settings = read_settings(folder)
    with open_journal(settings), open_store(settings) as store:
        point = make_checkpoint(settings, store, now())
    if as_json:
        print_json({"checkpoint": point})
    elif point is None:
        console.print("Nothing was written since the last checkpoint.")
    else:
        console.print(f"Line {point.seq} is signed. Keep a copy of {settings.state / FILE} elsewhere.", markup=False)


def key(folder: Path, *, as_json: bool) -> None:
    """The public part alone; the other one is never shown."""
    with open_journal(read_settings(folder)) as journal:
        public = journal.public_key()
    if as_json:
        print_json({"algorithm": "Ed25519", "public": public})
    else:
        console.print(public or "There is none yet: `deskhand audit checkpoint` makes it.", markup=False)


def export(folder: Path, asked: Sought, *, to: Path | None, by: str) -> None:
    """One JSON object a line, in order; what is written meanwhile is not in it."""
    settings = read_settings(folder)
    if to is not None and to.exists():
        raise DeskFault((Fault(str(to), 1, "is there already; name a file that is not. Nothing was written"),))
    with open_journal(settings) as journal, open_store(settings) as store:
        before = note_export(store, asked, "ocsf", by=by, now=now())
        events = (event(line, __version__) for line in journal.found_all(asked, before))
        count = _write(events, to)
    aside.print(f"{count} lines were written.", style="dim")


def _write(events: Iterable[Mapping[str, object]], to: Path | None) -> int:
    count = 0
    with to.open("x", encoding="utf-8") if to else nullcontext(sys.stdout) as file:
        for one in events:
            file.write(json.dumps(one, ensure_ascii=False) + "\n")
            count += 1
    return count


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

"""`deskhand backup`, `restore` and `verify`: all that a desk remembers in one encrypted file, and back."""

import getpass
import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.progress import Progress

from deskhand.bootstrap import backup, look_through, now, restore
from deskhand.domain.errors import DeskFault, Fault
from deskhand.entrypoints.printing import aside, console, print_json
from deskhand.settings import backup_key, read_settings

KEY = "DESKHAND_BACKUP_KEY"


def make(folder: Path, to: Path, *, by: str, as_json: bool) -> None:
    """A process that works the desk meanwhile is not kept from it."""
    settings, phrase = read_settings(folder), _phrase(twice=True)
    with _shown() as tell:
        made = backup(settings, to, phrase, by=by, clock=now, tell=tell)
    told, journal = made.manifest, made.manifest["journal"]
    if as_json:
        parts = {"parts": len(told["parts"]), "lines": journal["lines"], "last_hash": journal["last_hash"]}
        print_json({"backup": made.id, "file": str(to), "sha256": made.digest, "bytes": made.size, **parts})
        return
    console.print(f"{to}: {made.size:,} bytes, SHA-256 {made.digest}.", markup=False, highlight=False, soft_wrap=True)
    console.print(f"Backup {made.id}: {len(told['parts'])} parts, {journal['lines']} lines of the journal.")
    if journal["broken"]:
        console.print(f"The journal is broken at {journal['broken']}; the backup holds it as it is.", style="bold red")
    for line in (
        "Without its pass phrase nobody can open it, you included: keep that elsewhere.",
        *(["DESKHAND_SECRET is not in it: keep that, too."] if told["secret_given"] else []),
        "Credentials of other systems that `deskhand connect` keeps outside the desk folder are not in it.",
    ):
        console.print(line, markup=False, soft_wrap=True)


def prove(file: Path, *, as_json: bool) -> None:
    """`Unopened` when it is no whole backup, or of another pass phrase."""
    phrase = _phrase()
    with _shown() as tell:
        told = look_through(file, phrase, tell)
    if as_json:
        print_json({key: value for key, value in told.items() if key not in ("parts", "secret")} | {"whole": True})
        return
    journal = told["journal"]
    text = f"Whole: backup {told['backup']} of {told['company']}, made {told['made_at'][:16]} by {told['version']}"
    console.print(f"{text}, {len(told['parts'])} parts.", markup=False, soft_wrap=True)
    console.print(f"{journal['lines']} lines of the journal, the chain {journal['broken'] or 'whole'}.", markup=False)


def put_back(file: Path, desk: Path, *, by: str, as_json: bool) -> None:
    """Tells what was proved, and what to do before anything is sent again."""
    phrase = _phrase()
    with _shown() as tell:
        done = restore(file, phrase, desk, by=by, clock=now, tell=tell)
    if as_json:
        open_ones = [{"key": one.key, "action": one.action, "state": one.state} for one in done.open]
        print_json({"desk": str(desk), "backup": done.manifest["backup"], "proved": done.proved, "open": open_ones})
        return
    for line in done.proved:
        console.print(f"Proved: {line}.", markup=False, soft_wrap=True)
    place = shlex.quote(str(desk))
    for line in (
        f"The desk is paused: what was done after {done.manifest['made_at'][:16]} is not known here. Next:",
        f"  deskhand doctor --desk {place}             # do the systems answer?",
        f"  deskhand serve --desk {place}              # messages come in; nothing is sent",
        f"  deskhand ledger reconcile --desk {place}   # what others know of us that we do not",
        f"  deskhand resume --by YOU --desk {place}    # from then on effects are done, each looked for first",
        f"Of {len(done.open)} effects that were under way nobody can vouch yet; serve looks for them.",
    ):
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def _phrase(*, twice: bool = False) -> str:
    """DESKHAND_BACKUP_KEY, or what is typed; a script without either is told so."""
    if given := backup_key():
        return given
    if not sys.stdin.isatty():
        what = f"set {KEY}, or run this in a terminal and type a pass phrase. Nothing was done"
        raise DeskFault((Fault("backup", 1, what),))
    typed = getpass.getpass("Pass phrase: ")
    if twice and typed != getpass.getpass("Once more: "):
        raise DeskFault((Fault("backup", 1, "you typed two different pass phrases. Nothing was done"),))
    return typed


@contextmanager
def _shown() -> Iterator[Callable[[str, int, int], None]]:
    with Progress(console=aside, transient=True) as bar:
        task = bar.add_task("beginning", total=None)
        yield lambda what, done, whole: bar.update(task, description=what, completed=done, total=whole or None)

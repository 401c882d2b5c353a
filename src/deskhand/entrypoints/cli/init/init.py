"""`deskhand init`: a desk folder for a company, whole or not at all, and what past tickets would have become on it."""

import shlex
import shutil
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from deskhand.bootstrap import Connector, load_folder, offered_connectors
from deskhand.domain.errors import DeskFault, Fault
from deskhand.entrypoints.cli.init import wishes as init_wishes
from deskhand.entrypoints.cli.init.ask import asked
from deskhand.entrypoints.cli.init.files import copy_articles, files_of
from deskhand.entrypoints.cli.init.sample import Sampled, sample
from deskhand.entrypoints.cli.init.wishes import Wishes
from deskhand.entrypoints.printing import aside, console, print_json
from deskhand.settings import read_settings

STOPPED = 130  # the exit code of who was told to stop
NOTHING = "nothing was written"


@dataclass(frozen=True)
class Made:
    """`left_out`: articles that cannot be read, and why."""

    files: tuple[str, ...]
    procedures: int
    articles: int
    left_out: tuple[str, ...]


def run(folder: Path, given: Mapping[str, str], systems: list[str] | None, *, yes: bool, as_json: bool) -> None:
    """`given`: what flags say, by their names. Exit with 1 when the desk is there, and not all of its past was read."""
    connectors = offered_connectors()
    wishes = _wishes(given, systems, connectors)
    refuse_what_is_there(folder)
    if not yes:
        wishes = _asked(wishes, connectors)
    made = _made(folder, wishes, connectors)
    sampled = sample(read_settings(folder), wishes)
    if as_json:
        told = {"folder": str(folder), "files": made.files, "procedures": made.procedures, "articles": made.articles}
        print_json({**told, "left_out": made.left_out, **sampled.told(), "next": _next(folder, wishes, connectors)})
    else:
        _tell(folder, wishes, connectors, made, sampled)
    if sampled.failed:
        raise SystemExit(1)


def write(files: Mapping[str, str], folder: Path) -> None:
    """Into a folder that is new or empty. A file that appears there meanwhile stays as it is, and stops the writing."""
    refuse_what_is_there(folder)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        with (folder / name).open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)


def refuse_what_is_there(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise DeskFault((Fault(str(folder), 1, f"is a file; {NOTHING}. Name a new folder."),))
    if folder.is_dir() and any(folder.iterdir()):
        raise DeskFault((Fault(str(folder), 1, f"is not empty; {NOTHING}. Name a new folder."),))


def _wishes(given: Mapping[str, str], systems: list[str] | None, connectors: Mapping[str, Connector]) -> Wishes:
    found: dict[str, Any] = {}
    for name, text in given.items():
        read: Callable[[str], Any] = getattr(init_wishes, name)
        try:
            found[name] = read(text)
        except ValueError as error:
            raise DeskFault((Fault(f"--{name}", 1, f"{error}; {NOTHING}"),)) from error
    if systems is not None:
        wanted = [one for one in systems if one != "none"]
        for one in wanted:
            if one not in connectors:
                what = f"no connector {one!r} is installed; there are {', '.join(connectors)}; {NOTHING}"
                raise DeskFault((Fault("--system", 1, what),))
        found["systems"] = tuple(dict.fromkeys(wanted))
    if found.get("hours") and not found.get("zone"):
        raise DeskFault((Fault("--hours", 1, f"say in which time zone: --zone Europe/Berlin; {NOTHING}"),))
    assert set(found) <= {one.name for one in fields(Wishes)}
    return Wishes(**found)


def _asked(wishes: Wishes, connectors: Mapping[str, Connector]) -> Wishes:
    try:
        return asked(wishes, connectors)
    except EOFError:
        what = f"the answers ended before the questions did; {NOTHING}. Without questions: deskhand init FOLDER --yes"
        raise DeskFault((Fault("init", 1, what),)) from None
    except KeyboardInterrupt:
        aside.print(f"\nStopped; {NOTHING}.")
        raise SystemExit(STOPPED) from None


def _made(folder: Path, wishes: Wishes, connectors: Mapping[str, Connector]) -> Made:
    """Made elsewhere and proved there; then it comes to its place, whole."""
    place = folder if folder.is_dir() else folder.parent
    try:
        place.mkdir(parents=True, exist_ok=True)
        new = Path(tempfile.mkdtemp(prefix=".new-desk-", dir=place))
    except OSError as error:
        what = f"cannot be written: {error.strerror}; {NOTHING}"
        raise DeskFault((Fault(str(error.filename or folder), 1, what),)) from error
    try:
        write(files_of(wishes, connectors), new)
        copy_articles(wishes, new)
        (new / "procedures").mkdir(exist_ok=True)  # where drafts go to
        left_out = _without_unreadable(new)
        loaded = load_folder(read_settings(new))
        files = tuple(sorted(one.relative_to(new).as_posix() for one in new.rglob("*") if one.is_file()))
        _place(new, folder)
    except KeyboardInterrupt:
        aside.print(f"\nStopped; {NOTHING}.")
        raise SystemExit(STOPPED) from None
    except DeskFault as error:
        raise DeskFault(
            tuple(replace(one, file=one.file.replace(str(new), str(folder))) for one in error.faults)
        ) from error
    except OSError as error:
        what = f"cannot be written: {error.strerror}; {NOTHING}"
        raise DeskFault((Fault(str(error.filename or folder), 1, what),)) from error
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return Made(files, len(loaded.procedures), len(loaded.articles), left_out)


def _without_unreadable(new: Path) -> tuple[str, ...]:
    """Articles of the company's that a desk could not start with; the originals stay as they are."""
    try:
        load_folder(read_settings(new))
    except DeskFault as error:
        bad = {one.file: one.what for one in error.faults if one.file.startswith("articles/")}
        for file in bad:
            (new / file).unlink(missing_ok=True)
        return tuple(f"{file}: {what}" for file, what in bad.items())
    return ()


def _place(new: Path, folder: Path) -> None:
    """A folder that is there keeps its place: somebody may stand in it."""
    new.chmod(0o755)
    if not folder.is_dir():
        new.rename(folder)
        return
    moved: list[Path] = []
    try:
        for one in sorted(new.iterdir()):
            moved.append(one.rename(folder / one.name))
    except BaseException:
        for one in moved:
            with suppress(OSError):
                one.rename(new / one.name)
        raise


def _tell(folder: Path, wishes: Wishes, connectors: Mapping[str, Connector], made: Made, sampled: Sampled) -> None:
    lines = [f"Made {folder}: {len(made.files)} files, no fault, read-only: nothing is sent and nothing is done."]
    lines += [f"Left out {one}" for one in made.left_out]
    lines += sampled.lines
    sampled.show()
    if others := [one for one in wishes.languages if one != "en"]:
        told = f"Messages in {', '.join(others)} go to people until desk.toml names a language model (docs/models.md)."
        lines.append(told)
    lines.append("What to do next:")
    for one in lines:
        console.print(one, markup=False, highlight=False, soft_wrap=True)
    for number, one in enumerate(_next(folder, wishes, connectors), 1):
        console.print(f"  {number}. {one}", markup=False, highlight=False, soft_wrap=True)


def _next(folder: Path, wishes: Wishes, connectors: Mapping[str, Connector]) -> list[str]:
    """Commands, in the order in which somebody would give them."""
    desk = f"--desk {shlex.quote(str(folder))}"
    words = (
        "I was charged twice" if any("billing" in connectors[one].plays for one in wishes.systems) else "Help, please"
    )
    first = f'Try it, with a made-up customer:  deskhand ask "{words}" --as robin@example.com'
    steps = [f"{first} {desk}"]
    steps.append("Name your people under [people] of desk.toml, and let them in:  deskhand people invite NAME " + desk)
    steps += [f"Connect the real system:  deskhand connect {one} {desk}" for one in wishes.systems]
    for one in [one for one in wishes.systems if "tickets" in connectors[one].plays]:
        steps.append(
            f"Take its past over and replay it:  deskhand import {one} {desk} && deskhand replay imported {desk}"
        )
        steps.append(f"Draft procedures from it:  deskhand draft imported {desk}")
    steps.append(f"After each change of a file:  deskhand check {desk}")
    steps.append(f"Open the workspace:  deskhand serve {desk}")
    steps.append(f"See what is left to do before customers meet it:  deskhand golive {desk}")
    return steps

"""`deskhand new-connector`: a package to start from, for a system that Deskhand does not know."""

import keyword
import re
import shlex
from datetime import date
from pathlib import Path

from deskhand.bootstrap import now
from deskhand.domain.errors import DeskFault, Fault
from deskhand.entrypoints.cli.init.init import write
from deskhand.entrypoints.printing import console, print_json

TEMPLATE = Path(__file__).parent / "connector_template"
NAME = re.compile(r"[a-z][a-z0-9]{1,39}")
TAKEN = frozenset({"chat", "desk", "mail", "own", "records", "tools"})  # what desk.toml and look-ups call ours


def run(name: str, folder: Path, *, as_json: bool) -> None:
    """Write the package; never overwrites. Its test fails until its one missing method is written."""
    if not NAME.fullmatch(name) or keyword.iskeyword(name) or name in TAKEN:
        what = f"{name!r} cannot be a connector's name: small letters and digits, and none of ours; nothing was written"
        raise DeskFault((Fault("NAME", 1, what),))
    files = template(name, now().date())
    try:
        write(files, folder)
    except OSError as error:
        what = f"cannot be written: {error.strerror}; nothing was made. Name another folder"
        raise DeskFault((Fault(str(error.filename or folder), 1, what),)) from error
    if as_json:
        print_json({"folder": str(folder), "files": sorted(files)})
        return
    for line in (
        f"Made {folder}: {len(files)} files, and a twin of {name} with one ticket.",
        f"Try it:  cd {shlex.quote(str(folder))} && pip install pytest && pytest -x",
        f"Its tests fail in one place, deskhand_{name}/ticket_desk.py: write that method. README.md says what is next.",
    ):
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def template(name: str, today: date) -> dict[str, str]:
    """The text of each file of the package, by its path."""
    said = {"NAME": name, "TITLE": name.capitalize(), "TODAY": f"{today.year}, {today.month}, {today.day}"}

    def filled(text: str) -> str:
        return re.sub("NAME|TITLE|TODAY", lambda found: said[found[0]], text)

    files = (file for file in TEMPLATE.rglob("*.txt") if file.is_file())
    return {
        filled(file.relative_to(TEMPLATE).as_posix().removesuffix(".txt")): filled(file.read_text("utf-8"))
        for file in files
    }

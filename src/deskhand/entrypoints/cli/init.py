"""`deskhand init`: a small desk folder to grow from."""

import json
import shlex
from pathlib import Path

from deskhand.bootstrap import load_folder
from deskhand.domain.errors import DeskFault, Fault
from deskhand.entrypoints.printing import console, print_json
from deskhand.settings import read_settings

STARTER = Path(__file__).parent / "starter"
NAMED = ("desk.toml", "twins.toml")  # the files that name the company
NAME = "Your company"


def run(folder: Path, *, company: str, as_json: bool) -> None:
    """Write the starter desk, name the company, and prove with `check` that it is sound. Never overwrites."""
    files = {name: text.replace(NAME, in_toml(company)) if name in NAMED else text for name, text in starter().items()}
    try:
        write(files, folder)
    except OSError as error:
        what = f"cannot be written: {error.strerror}"
        raise DeskFault((Fault(str(error.filename or folder), 1, what),)) from error
    loaded = load_folder(read_settings(folder))
    if as_json:
        print_json({"folder": str(folder), "files": sorted(files), "procedures": len(loaded.procedures)})
        return
    desk = shlex.quote(str(folder))
    for line in (
        f"Made {folder}: {len(files)} files, no fault. Its customers are made up, and nothing is sent or done alone.",
        f'Try it:  deskhand ask "I was charged twice" --as robin@example.com --desk {desk}',
        "Then make desk.toml, articles/, procedures/ and policies/ say what is true at your company, and after each",
        f"change run:  deskhand check --desk {desk}",
    ):
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def starter() -> dict[str, str]:
    """The text of each file of the starter desk, by its path."""
    files = (file for file in STARTER.rglob("*") if file.is_file())
    return {file.relative_to(STARTER).as_posix(): file.read_text("utf-8") for file in files}


def write(files: dict[str, str], folder: Path) -> None:
    """Into a folder that is new or empty. A file that appears there meanwhile stays as it is, and stops the writing."""
    if folder.is_dir() and any(folder.iterdir()):
        raise DeskFault((Fault(str(folder), 1, "is not empty; nothing was written. Name a new folder."),))
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        with (folder / name).open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)


def in_toml(company: str) -> str:
    """The name as it stands between the quotes of a TOML text."""
    name = " ".join(company.split())
    if not name or not name.isprintable():  # half a letter, from an argument that is no UTF-8, is not printable
        raise DeskFault((Fault("--company", 1, "is to be a name of printable letters; nothing was written"),))
    return json.dumps(name, ensure_ascii=False)[1:-1]

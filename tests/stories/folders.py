"""What desk folders hold: a copy that differs in nothing from one that was read in this process is not read again."""

import hashlib
from pathlib import Path

from deskhand.bootstrap import Folder, load_folder
from deskhand.settings import Settings

MOST = 20
_known: dict[tuple[str, str], Folder] = {}


def read(settings: Settings) -> Folder:
    """As `load_folder`; where its notes name a file, it may be that of the copy which was read."""
    key = (_contents(settings.folder, settings.state), repr(settings.table))
    if key not in _known:
        if len(_known) == MOST:
            _known.clear()
        _known[key] = load_folder(settings)
    return _known[key]


def _contents(folder: Path, state: Path) -> str:
    made = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.is_file() and state not in file.parents:
            made.update(f"{file.relative_to(folder)}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return made.hexdigest()

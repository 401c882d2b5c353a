"""Drafts of procedures: made from past tickets, written to `drafts/` of the desk folder, and looked at by `check`."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from deskhand.bootstrap.folder.folder import load_folder
from deskhand.bootstrap.replay.source import IMPORTED, Source, file_source, imported_source, spared
from deskhand.domain.errors import DeskFault, Fault
from deskhand.domain.past_ticket import PastTicket
from deskhand.infrastructure.search.embedder import MiniLM
from deskhand.infrastructure.search.likeness import Alike
from deskhand.procedures.draft import DRAFTS
from deskhand.settings import Settings
from deskhand.workflows.draft_procedures import MOST_READ, Drafted, draft_procedures

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Written:
    """`files` are new; nothing that was there before was touched."""

    files: tuple[Path, ...]
    read: int
    alone: int


def write_drafts(settings: Settings, source: str, own: Collection[str], progress: Progress) -> Written:
    """From a file of past tickets, or what was imported. `DeskFault` for a desk or a history that cannot be used."""
    procedures = {one.id for one in load_folder(settings).procedures}
    place = settings.folder / DRAFTS
    taken = procedures | {one.stem for one in place.glob("*.y*ml")}
    found = drafts_from(spared(settings, _source(settings, source, own)), taken, progress)
    place.mkdir(exist_ok=True)
    files = []
    for id, text in found.texts.items():
        with (place / f"{id}.yaml").open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
        files.append(place / f"{id}.yaml")
    return Written(tuple(files), found.read, found.alone)


def drafts_from(source: Source, taken: Collection[str], progress: Progress) -> Drafted:
    """Of the first tickets of a history."""
    tickets = islice(_tickets(source), MOST_READ)
    likeness = Alike(MiniLM(), progress=progress)
    return draft_procedures(tickets, likeness, source=Path(source.name).name, taken=taken)


def _tickets(source: Source) -> Iterator[PastTicket]:
    return (one for one in source.read() if isinstance(one, PastTicket))


def _source(settings: Settings, name: str, own: Collection[str]) -> Source:
    if name == IMPORTED:
        return imported_source(settings)
    if not Path(name).is_file():
        raise DeskFault((Fault(name, 1, 'is no file; name one, or say "imported". Nothing was drafted.'),))
    return file_source(Path(name), own, vouched=True)

"""Read every source of knowledge again, and take over what it holds now."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from deskhand.domain.errors import ConnectorError, DeskFault
from deskhand.ports.knowledge import Change, KnowledgeSource, Library, Unread

NOTHING = Change(0, 0, 0, 0)


@dataclass(frozen=True)
class Synced:
    """What became of one source. `failure` says why the source as a whole could not be read; then nothing changed."""

    source: str
    change: Change
    unread: tuple[Unread, ...] = ()
    failure: str = ""


def sync_knowledge(library: Library, sources: Iterable[KnowledgeSource]) -> Iterator[Synced]:
    """One after the other. Afterwards nothing is left of what changed or went."""
    erased = False
    for source in sources:
        try:
            gathered = source.read()
        except (ConnectorError, DeskFault) as error:
            yield Synced(source.name, NOTHING, failure=str(error))
            continue
        change = library.take_over(source.name, gathered)
        erased |= bool(change.changed or change.gone)
        yield Synced(source.name, change, gathered.unread)
    if erased:
        library.scrub()

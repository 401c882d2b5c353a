"""The sources of a desk's knowledge: its articles folder. A new kind of source is plugged in here."""

from deskhand.bootstrap.systems import Clock, Systems, Through, straight
from deskhand.connectors.knowledge_folder.source import KnowledgeFolder
from deskhand.ports.knowledge import KnowledgeSource
from deskhand.settings import Settings


def knowledge_sources(
    settings: Settings, systems: Systems, clock: Clock, through: Through = straight
) -> tuple[KnowledgeSource, ...]:
    """In the order in which they are read, the folder first; none of them has been asked anything yet."""
    return (KnowledgeFolder(settings.folder / settings.table.articles),)

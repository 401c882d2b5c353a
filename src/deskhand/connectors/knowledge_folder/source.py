"""A folder of Markdown files as a source of knowledge."""

from pathlib import Path

from deskhand.connectors.knowledge_folder.articles import read_articles
from deskhand.ports.knowledge import Gathered


class KnowledgeFolder:
    """Keeps `ports.knowledge.KnowledgeSource`."""

    def __init__(self, folder: Path, name: str = "articles"):
        self.folder, self.name = folder, name

    def read(self) -> Gathered:
        """`DeskFault` names each file that cannot be used: a desk with one would not start."""
        return Gathered(read_articles(self.folder))

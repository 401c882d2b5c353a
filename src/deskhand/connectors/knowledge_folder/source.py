"""A folder as a source of knowledge: what can be read of it, and a word on each file that cannot."""

from collections.abc import Iterator
from pathlib import Path

from deskhand.connectors.documents.apart import Apart
from deskhand.connectors.documents.document import LARGEST, Document, first_heading, one_line
from deskhand.connectors.documents.once import once
from deskhand.connectors.knowledge_folder.about import NAME, About, Abouts
from deskhand.connectors.knowledge_folder.articles import (
    article,
    changed,
    files,
    folder_links,
    markdown_article,
    strays,
)
from deskhand.domain.article import Article
from deskhand.domain.errors import Fault, Missing, Unreadable
from deskhand.ports.knowledge import Gathered, Unread

KINDS = {".html": "html", ".htm": "html", ".xhtml": "html", ".pdf": "pdf", ".docx": "docx"}
# What people would expect to be read, and is not. Pictures and the like are nobody's article.
UNREAD = frozenset(".doc .docm .epub .key .markdown .mdx .odt .pages .ppt .pptx .rst .rtf .txt .xls .xlsx".split())

Stamp = tuple[int, int]  # when it was changed, and its size


class KnowledgeFolder:
    """See `ports.knowledge.KnowledgeSource`. A file that has not changed since the last time is not taken apart again.

    A Markdown article is named by its path without ".md"; every other file by all of its path.
    """

    def __init__(self, folder: Path, name: str = "articles"):
        self.folder, self.name = folder, name
        self._known: dict[Path, tuple[Stamp, Document | Unreadable]] = {}

    def read(self) -> Gathered:
        if not self.folder.is_dir():
            raise Missing(f"knowledge of {self.name}: there is no folder {self.folder}")
        abouts = Abouts(self.folder)
        with Apart() as apart:
            all_files = list(files(self.folder))
            found = [one for file in all_files for one in self._file(file, abouts.of(file), apart)]
        self._known = {file: known for file, known in self._known.items() if file in set(all_files)}
        articles, unread = once([one for one in found if isinstance(one, Article)])
        unread += tuple(one for one in found if isinstance(one, Unread))
        linked = "is a link to a folder; these are not followed"
        unread += tuple(Unread(self._place(one), linked) for one in folder_links(self.folder))
        if not articles and not unread:
            unread = (Unread(self.name, "the folder is empty"),)
        return Gathered(articles, tuple(sorted(unread, key=lambda one: one.place)))

    def _file(self, file: Path, said: About, apart: Apart) -> Iterator[Article | Unread]:
        """Its article, and what is to be said of it."""
        kind, place = file.suffix.lower(), self._place(file)
        if file.name == NAME:
            return
        if kind == ".md":
            one = markdown_article(self.folder, file, said)
            yield Unread(place, one.what) if isinstance(one, Fault) else one
        elif kind in UNREAD:
            yield Unread(place, f"is of a kind that we do not read ({kind})")
        elif kind in KINDS:
            if said.fault:
                yield Unread(place, said.fault)
                return
            document = self._document(file, apart)
            if isinstance(document, Unreadable):
                yield Unread(place, str(document))
                return
            known = said.over(About(locale=document.locale, owner=document.owner, title=_title(document, file)))
            updated = said.updated or document.changed or changed(file)
            yield article(place, known.title, document.text, known, updated)
            if document.note:
                yield Unread(f"{place} (letters)", document.note)

    def _document(self, file: Path, apart: Apart) -> Document | Unreadable:
        try:
            if strays(self.folder, file):
                return Unreadable("is a link that leads out of the folder, or nowhere")
            stamp = (file.stat().st_mtime_ns, file.stat().st_size)
            if (known := self._known.get(file)) and known[0] == stamp:
                return known[1]
            with file.open("rb") as stream:
                data = stream.read(LARGEST + 1)
        except OSError as error:
            return Unreadable(f"it cannot be opened ({type(error).__name__})")
        try:
            read: Document | Unreadable = apart.read(KINDS[file.suffix.lower()], data)
        except Unreadable as error:
            read = error
        self._known[file] = (stamp, read)
        return read

    def _place(self, file: Path) -> str:
        place = file.relative_to(self.folder)
        return (place.with_suffix("") if place.suffix.lower() == ".md" else place).as_posix()


def _title(document: Document, file: Path) -> str:
    name = " ".join(file.stem.replace("_", " ").replace("-", " ").split())
    return document.title or one_line(first_heading(document.text)) or name

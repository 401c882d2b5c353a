"""The library of a desk: opened, filled from its sources, and read again beside all other work."""

import logging
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import sqlalchemy as sa

from deskhand.bootstrap.connections.connectors import Clock
from deskhand.bootstrap.every import every
from deskhand.bootstrap.folder.folder import load_folder
from deskhand.bootstrap.knowledge.sources import knowledge_sources
from deskhand.bootstrap.systems.systems import Tell, connect_systems
from deskhand.domain.article import Article
from deskhand.domain.digest import digest
from deskhand.infrastructure.brain.spelling import Spelling
from deskhand.infrastructure.library.finding import Finder
from deskhand.infrastructure.library.library import KeptLibrary
from deskhand.infrastructure.search.embedder import MiniLM
from deskhand.infrastructure.storage.database import connect
from deskhand.infrastructure.storage.migrations import set_up
from deskhand.ports.knowledge import Gathered, KnowledgeSource, Unread
from deskhand.settings import Settings
from deskhand.workflows.sync_knowledge import Synced, sync_knowledge

log = logging.getLogger(__name__)


def names_of(settings: Settings) -> tuple[str, ...]:
    """What the company is called in messages and articles."""
    company = settings.table.company
    return company, company.split()[0]


def build_library(settings: Settings, database: sa.Engine, embed: MiniLM, tell: Tell) -> KeptLibrary:
    """`tell` hears of what takes more than two seconds."""
    names = names_of(settings)
    nameless = Spelling((), names=names).nameless
    threads = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return KeptLibrary(
        database,
        embed,
        nameless,
        names,
        told=lambda source, done, of: tell(f"Reading {source}: {done} of {of} articles."),
        threads=threads,
    )


def open_folder(
    settings: Settings, library: KeptLibrary, sources: tuple[KnowledgeSource, ...], articles: tuple[Article, ...]
) -> None:
    """On opening a desk: its folder's articles as they were just read. What else there is stays until it is read."""
    folder = settings.folder / settings.table.articles
    others = (file for file in folder.rglob("*") if file.suffix.lower() != ".md" and file.is_file())
    later = tuple(Unread(file.relative_to(folder).as_posix(), "was not looked at yet") for file in others)
    gone = library.keep_only([source.name for source in sources])
    change = library.take_over(sources[0].name, Gathered(articles, later))
    if gone or change.changed or change.gone:
        library.scrub()


@dataclass(frozen=True)
class Bookkeeper:
    """Reads the sources again."""

    library: KeptLibrary
    sources: tuple[KnowledgeSource, ...]

    def sync(self) -> Iterator[Synced]:
        """One after the other, each told when it is done."""
        return sync_knowledge(self.library, self.sources)


def refreshing(bookkeeper: Bookkeeper, minutes: float) -> AbstractContextManager[None]:
    """Until the block ends, the sources are read again at this interval, beside all other work; 0 for never.

    At once, when the library holds nothing yet of one of them.
    """
    empty = {source.name for source in bookkeeper.sources} - bookkeeper.library.held().keys()

    def read() -> None:
        for one in bookkeeper.sync():
            _note(one)

    return every(60 * minutes, read, "reading the sources of knowledge", at_once=bool(empty))


def _note(one: Synced) -> None:
    if one.failure:
        log.warning("%s could not be read, its articles stay as they were: %s", one.source, one.failure)
    for unread in one.unread:
        log.warning("%s: %s %s", one.source, unread.place, unread.why)


@contextmanager
def open_library(settings: Settings, *, tell: Tell, clock: Clock) -> Iterator[Bookkeeper]:
    """The library alone, to read the sources again; no worker is started."""
    settings.state.mkdir(parents=True, exist_ok=True)
    systems = connect_systems(settings, load_folder(settings), clock, tell)
    database = connect(settings.database_url, settings.table.privacy.own)
    set_up(database)
    library = build_library(settings, database, MiniLM(), tell)
    sources = knowledge_sources(settings, systems, clock)
    try:
        library.keep_only([source.name for source in sources])
        yield Bookkeeper(library, sources)
    finally:
        database.dispose()


@dataclass(frozen=True)
class LargeLibrary:
    """Many made-up articles, for measuring. `change_one` rewrites one of them."""

    finder: Finder
    library: KeptLibrary
    articles: tuple[Article, ...]

    def fill(self) -> None:
        self.library.take_over("bench", Gathered(self.articles))

    def change_one(self) -> None:
        first, *rest = self.articles
        text = f"{first.text}\n\nThis was written later."
        self.library.take_over("bench", Gathered((replace(first, text=text, digest=digest(text)), *rest)))


@contextmanager
def large_library(settings: Settings, place: Path, size: int, tell: Tell) -> Iterator[LargeLibrary]:
    """On a database of its own: this desk's articles in new combinations, no two alike, until there are so many."""
    database = connect(f"sqlite:///{place / 'large.sqlite'}")
    set_up(database)
    embed = MiniLM()
    library = build_library(settings, database, embed, tell)
    own = load_folder(settings).articles
    parts = [part for one in own for part in one.text.split("\n\n") if len(part.split()) > 5]
    each = max(len(parts) // len(own), 1)
    made = []
    for number in range(size):
        first = own[number % len(own)]
        step = 1 + number // len(parts)
        body = "\n\n".join(parts[(number + step * at) % len(parts)] for at in range(each))
        text = f"{body}\n\nThis is note {number}."
        made.append(replace(first, source=f"{first.source}-{number}", text=text, digest=digest(text)))
    try:
        yield LargeLibrary(Finder(database, embed, library.embedder), library, tuple(made))
    finally:
        database.dispose()

"""What reads a message: articles found, words understood, former suggestions beside it."""

from deskhand.bootstrap.folder.folder import Folder
from deskhand.bootstrap.knowledge.library import names_of
from deskhand.infrastructure.brain.reader import BuiltInReader, background, floor_of, spelling_of
from deskhand.infrastructure.brain.spelling import SpellingNow
from deskhand.infrastructure.brain.taught import Taught
from deskhand.infrastructure.library.finding import Finder
from deskhand.infrastructure.library.library import KeptLibrary
from deskhand.infrastructure.library.renewed import Renewed
from deskhand.infrastructure.search.embedder import MiniLM
from deskhand.infrastructure.search.precedents import NearExamples
from deskhand.infrastructure.search.vector_cache import VectorCache
from deskhand.infrastructure.storage.examples import KeptExamples
from deskhand.infrastructure.storage.store import SqlStore
from deskhand.ports.search import NoPrecedents, Precedents
from deskhand.settings import Settings

OWN_WORDS = 4_000_000  # characters of articles that spelling learns from


def build_reading(
    settings: Settings, folder: Folder, store: SqlStore, library: KeptLibrary, embed: MiniLM
) -> tuple[Finder, BuiltInReader, Precedents]:
    """What finds articles, reads messages, and finds former suggestions; all of it follows the library as it moves."""
    cache = VectorCache(settings.state / "vectors.sqlite")
    knowledge = Finder(store.engine, embed, library.embedder, lambda text: spelling(text))
    knowledge.look()
    own_words = Renewed(
        lambda: spelling_of(folder.procedures, library.texts(OWN_WORDS), names=names_of(settings)),
        lambda: knowledge.version,
    )
    spelling = SpellingNow(own_words)
    foreign = cache.vectors(embed, background())
    floor = Renewed(lambda: floor_of(knowledge.nearest(foreign)), lambda: knowledge.version)
    precedents: Precedents = NoPrecedents()
    taught = None
    if settings.table.feedback.use:
        kept, forgettable = KeptExamples(store.engine), example_cache(settings)
        precedents = NearExamples(embed, forgettable, kept, spelling)
        taught = Taught(embed, forgettable, kept, spelling)
    reader = BuiltInReader(
        folder.procedures, embed, knowledge, spelling=spelling, cache=cache, floor=floor, taught=taught
    )
    return knowledge, reader, precedents


def example_cache(settings: Settings) -> VectorCache:
    """Apart from that of articles: when an example is erased, all of it is."""
    return VectorCache(settings.state / "examples.sqlite")

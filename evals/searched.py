"""The product's library, filled with some articles for one run."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from deskhand.domain.article import Article
from deskhand.infrastructure.brain.reader import background, floor_of
from deskhand.infrastructure.library.finding import Finder
from deskhand.infrastructure.library.library import KeptLibrary
from deskhand.infrastructure.search.embedder import Embedder
from deskhand.infrastructure.storage.database import connect
from deskhand.infrastructure.storage.migrations import migrate
from deskhand.ports.knowledge import Gathered
from evals.sets import Remembered

_PLACES: list[TemporaryDirectory[str]] = []  # gone with the process


def finder_of(
    articles: Iterable[Article],
    embed: Embedder,
    plain: Callable[[str], str] = str,
    nameless: Callable[[str], str] = str,
    names: Sequence[str] = (),
    asking: Embedder | None = None,
) -> Finder:
    """Finds in these articles. `asking` embeds the questions, where they are not to be remembered; the other arguments
    are those of the library and of its finder."""
    _PLACES.append(TemporaryDirectory(prefix="deskhand-evals-"))
    database = connect(f"sqlite:///{Path(_PLACES[-1].name) / 'library.sqlite'}")
    migrate(database)
    library = KeptLibrary(database, embed, nameless, names)
    library.take_over("evals", Gathered(tuple(articles)))
    return Finder(database, asking or embed, library.embedder, plain)


def floor_in(finder: Finder, embed: Remembered) -> float:
    """The cosine at which a passage of these articles may answer."""
    return floor_of(finder.nearest(embed.cache.vectors(embed, background())))

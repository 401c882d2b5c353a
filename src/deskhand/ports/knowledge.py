"""Where articles come from, and the library that keeps them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from deskhand.domain.article import Article


@dataclass(frozen=True)
class Unread:
    """Something of a source that could not be used. `place` is a file or an address, `why` one sentence for people.

    Where it would be one article, `place` is the `source` of that article, which stays as it was; unless it is `gone`,
    which means that there surely is none any more, or none that we may read.
    """

    place: str
    why: str
    gone: bool = False


@dataclass(frozen=True)
class Gathered:
    """All that a source holds now. What stands in neither tuple is gone, and is to be forgotten."""

    articles: tuple[Article, ...]
    unread: tuple[Unread, ...] = ()


class KnowledgeSource(Protocol):
    """A folder, a site, or a help centre."""

    @property
    def name(self) -> str:
        """Unique on a desk; the sources of its articles begin with it where they could be taken for another's."""
        ...

    def read(self) -> Gathered:
        """Every article, as it is now. `ConnectorError` when the source as a whole does not answer: then nothing is
        known to be gone."""
        ...


@dataclass(frozen=True)
class Change:
    """What taking over a source has changed, in articles."""

    new: int
    changed: int
    gone: int
    same: int


class Library(Protocol):
    """What has been gathered, for search. Kept across restarts; only what changed is read anew."""

    def take_over(self, source: str, gathered: Gathered) -> Change:
        """From now on the source holds exactly this; an article that could not be read stays as it was.

        An interrupted call leaves each article as it was or as it is to be; the next one does the rest.
        """
        ...

    def keep_only(self, sources: Iterable[str]) -> int:
        """Forget every source but these; how many articles that were."""
        ...

    def scrub(self) -> bool:
        """After articles changed or went: leave none of their words in the database's files. See `Store.scrub`."""
        ...

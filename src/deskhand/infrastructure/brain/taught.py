"""What agents said that messages were about: examples for the router, for as long as they are kept."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Protocol

from deskhand.domain.example import Example
from deskhand.infrastructure.brain.clauses import clauses, joined
from deskhand.infrastructure.brain.language import UNKNOWN, is_latin
from deskhand.infrastructure.search.embedder import Embedder, Vectors
from deskhand.infrastructure.search.vector_cache import VectorCache

MOST = 500  # the newest; training takes the third power of all examples: about a second with a thousand others
LONGEST = 8000  # characters of a message


class Kept(Protocol):
    """Examples by number, as the store has them now."""

    def mark(self) -> tuple[int, int]: ...

    def after(self, number: int) -> Mapping[int, Example]: ...


@dataclass(frozen=True)
class Lesson:
    """One message, as a vector, and the procedure it was about. No word of it is kept here."""

    number: int
    procedure: str
    vector: Vectors


class Taught:
    """Any number of threads may look, and any number of processes may keep and erase.

    `plain` makes a message readable, as the reader does; `cache` is a file that is forgotten when an example is.
    """

    def __init__(self, embed: Embedder, cache: VectorCache, kept: Kept, plain: Callable[[str], str] = str):
        self._embed, self._cache, self._kept, self._plain = embed, cache, kept, plain
        self._lock = Lock()
        self._mark = (0, 0)
        self._lessons: tuple[Lesson, ...] = ()

    def now(self) -> tuple[Lesson, ...]:
        """Oldest first. The same object as long as nothing was kept or erased."""
        with self._lock:
            while (mark := self._kept.mark()) != self._mark:
                self._lessons = self._read()
                if self._kept.mark() != mark:
                    self._cache.clear()  # one may have been erased meanwhile, before its vector came
                    continue
                self._mark = mark
            return self._lessons

    def _read(self) -> tuple[Lesson, ...]:
        # Of equal texts the newest counts: an agent may take back what another one said.
        texts = {self._text(one.message): (number, one.about) for number, one in _told(self._kept.after(0))}
        texts.pop("", None)
        newest = sorted(texts.items(), key=lambda item: item[1])[-MOST:]
        vectors = self._cache.vectors(self._embed, [text for text, _ in newest])
        return tuple(Lesson(*told, vector) for (_, told), vector in zip(newest, vectors, strict=True))

    def _text(self, message: str) -> str:
        """Without politeness and quoted mail, as the reader looks at all of a message."""
        message = message[:LONGEST]
        parts = clauses(message)
        return self._plain(joined(message, parts[0], parts[-1]).text) if parts else ""


def _told(kept: Mapping[int, Example]) -> Iterable[tuple[int, Example]]:
    """Those that name a procedure, in a language that the router reads."""
    for number, one in kept.items():
        if one.about and (one.language == "en" or (one.language == UNKNOWN and is_latin(one.message))):
            yield number, one

"""The router of a desk, trained anew when agents teach something or a customer has it erased; each has a version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np

from deskhand.domain.digest import digest
from deskhand.infrastructure.brain.router import Router
from deskhand.infrastructure.brain.taught import Lesson, Taught
from deskhand.infrastructure.search.embedder import Embedder
from deskhand.infrastructure.search.vector_cache import VectorCache


@dataclass(frozen=True)
class Trained:
    """`version` is the same wherever embedder and examples are: a digest of the embedder's name, the desk's own texts,
    and the numbers of what was taught (never its words: the journal keeps versions for good)."""

    router: Router
    version: str


class Training:
    """`texts` are examples by procedure, `background` those of none. `own` is what the desk's own texts make."""

    def __init__(
        self,
        texts: Mapping[str, Sequence[str]],
        background: Sequence[str],
        embed: Embedder,
        cache: VectorCache,
        taught: Taught | None,
    ):
        vectors = cache.vectors(embed, [*(text for one in texts.values() for text in one), *background])
        ends = np.cumsum([len(one) for one in texts.values()])
        parts = np.split(vectors, ends) if len(ends) else [vectors]
        self._names, self._taught = frozenset(texts), taught
        version = digest([embed.name, {name: list(one) for name, one in texts.items()}, list(background)])
        self.own = Trained(Router(dict(zip(texts, parts, strict=False)), parts[-1]), version)
        self._lock = Lock()
        self._lessons: tuple[Lesson, ...] = ()
        self._now = self.own

    def now(self) -> Trained:
        """With what agents have taught by now; `own` itself when that is nothing."""
        if self._taught is None:
            return self.own
        lessons = self._taught.now()
        with self._lock:
            if lessons is not self._lessons:
                self._now, self._lessons = self._with(lessons), lessons
            return self._now

    def _with(self, lessons: tuple[Lesson, ...]) -> Trained:
        learnt = [one for one in lessons if one.procedure in self._names]
        if not learnt:
            return self.own
        more = {
            name: np.stack([one.vector for one in learnt if one.procedure == name])
            for name in {one.procedure for one in learnt}
        }
        version = digest([self.own.version, [[one.number, one.procedure] for one in learnt]])
        return Trained(self.own.router.taught(more), version)

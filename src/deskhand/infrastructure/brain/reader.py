"""Reads a message without a language model: language, requests, mood, risks."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from importlib.resources import files

import numpy as np

from deskhand.domain.thread import NOTHING_SAID, Thread
from deskhand.domain.ticket import Author
from deskhand.domain.understanding import Kind, Request, Sentiment, Sign, Understanding, Urgency
from deskhand.infrastructure.brain.agreement import says
from deskhand.infrastructure.brain.asides import automatic, corrects
from deskhand.infrastructure.brain.clauses import Clause, clauses, joined
from deskhand.infrastructure.brain.language import GUESS, UNKNOWN, is_latin, told
from deskhand.infrastructure.brain.mood import Mood, cued
from deskhand.infrastructure.brain.person import wanted
from deskhand.infrastructure.brain.router import Report, Router
from deskhand.infrastructure.brain.signs import Signs
from deskhand.infrastructure.brain.slots import slots
from deskhand.infrastructure.brain.sorting import Heard, Sorter
from deskhand.infrastructure.brain.spelling import Spelling, Spells
from deskhand.infrastructure.brain.taught import Taught
from deskhand.infrastructure.brain.training import Training
from deskhand.infrastructure.search.embedder import Embedder, Vectors
from deskhand.infrastructure.search.vector_cache import VectorCache
from deskhand.ports.reasoning import CallLog
from deskhand.ports.search import Knowledge
from deskhand.procedures.procedure import Procedure

LONGEST = 8000  # characters; of what lies behind only the wish for a person is heard
OVERLAP = 200  # of both parts, so that no wish is cut
MOST_CLAUSES = 12  # the first and the last ones: a long story asks at its beginning or at its end
LANGUAGES = ("cs", "da", "de", "en", "es", "fi", "fr", "it", "nl", "pl", "pt", "sv")
TOLD = 0.9  # confidence in English below which the telling words of every language count
LEAST, FLOOR, MOST, ABOVE = 0.45, 0.50, 0.60, 0.03  # cosine


def background() -> tuple[str, ...]:
    """Sentences that belong to no procedure of a software company."""
    return tuple((files(__package__) / "background.txt").read_text("utf-8").splitlines())


def spelling_of(procedures: Iterable[Procedure], articles: Iterable[str], names: Sequence[str] = ()) -> Spelling:
    """The words of a desk; `articles` are titles and texts. `names`: what the company and its product are called."""
    procedures = tuple(procedures)
    written = [f"{one.title}\n{one.about}" for one in procedures]
    return Spelling([*written, *articles], [text for one in procedures for text in one.examples], names)


def floor_of(foreign: Vectors) -> float:
    """The cosine at which an article of this desk may answer: above what foreign sentences (`background`) reach."""
    if not foreign.any():
        return FLOOR
    return min(max(float(np.quantile(foreign, 0.99)) + ABOVE, LEAST), MOST)


class BuiltInReader:
    """Keeps `ports.reasoning.Reader`. `languages` are those that may occur; only English is understood.

    `floor` gives the cosine at which an article may answer, now; `taught` what agents said that messages were about.
    Any number of threads may read.
    """

    def __init__(
        self,
        procedures: tuple[Procedure, ...],
        embed: Embedder,
        knowledge: Knowledge,
        *,
        spelling: Spells,
        cache: VectorCache,
        languages: Sequence[str] = LANGUAGES,
        negatives: Sequence[str] | None = None,
        floor: Callable[[], float] = lambda: FLOOR,
        taught: Taught | None = None,
    ):
        self._embed, self._spelling, self._languages = embed, spelling, tuple({*languages, "en"})
        negatives = background() if negatives is None else negatives
        texts = {one.id: [spelling(text) for text in (one.title, one.about, *one.examples)] for one in procedures}
        self._training = Training(texts, negatives, embed, cache, taught)
        self._sorter = Sorter(knowledge, floor)
        self._mood = Mood(embed, cache)

    @property
    def report(self) -> Report:
        """What the procedures' examples promise of each other."""
        return self._training.own.router.report

    def read(self, message: str, thread: Thread = NOTHING_SAID, calls: CallLog | None = None) -> Understanding:
        """See `ports.reasoning.Reader`. It calls no model."""
        text, (ruled, signs) = message[:LONGEST], self._ruled(message, thread)
        readable = ruled.language == "en" or (ruled.language == UNKNOWN and is_latin(text))
        parts = _few(clauses(text)) if readable else ()
        trained, own = self._training.now(), self._training.own
        heard, whole = self._hear(trained.router, text, parts)
        vectors = self._embed([one.plain for one in heard])
        sentiment, urgency, felt = self._mood.signals(signs, [one.clause.text for one in heard], vectors)
        requests = self._requests(text, readable, heard, whole)
        taught = trained is not own and _wanted(requests) != _wanted(
            self._requests(text, readable, *self._hear(own.router, text, parts))
        )
        bare = (ruled.says_yes or ruled.says_no) and not any(one.procedure for one in requests)
        return replace(
            ruled,
            requests=_small(text) if bare else requests,
            sentiment=sentiment,
            urgency=urgency,
            signals=(*felt, *ruled.signals),
            router=trained.version,
            taught=taught,
        )

    def rules(self, message: str, thread: Thread = NOTHING_SAID) -> Understanding:
        """What fixed rules say, without requests and mood: language, risks, signals of the kind, a yes or a no."""
        return self._ruled(message, thread)[0]

    def cued(self, message: str, ruled: Understanding, sign: Sign) -> str:
        """The first words of a message, read by `rules`, that are a cue of frustration or of haste."""
        return cued(Signs(message[:LONGEST], english=ruled.language == "en"), sign)

    def _ruled(self, message: str, thread: Thread) -> tuple[Understanding, Signs]:
        text, before = message[:LONGEST], self._before(thread)
        agreed = self.agreed(message, thread)
        # A word that means yes tells no language: the conversation goes on in its own.
        plain = agreed is not None and before != UNKNOWN
        language, confidence = (before, GUESS) if plain else self._told(text, before)
        signs = Signs(text, english=language == "en" and confidence >= TOLD)
        ruled = Understanding(
            language=language,
            requests=(),
            sentiment=Sentiment.CALM,
            urgency=Urgency.NORMAL,
            risks=signs.risks,
            wants_human=signs.wants_person or wanted(message[LONGEST - OVERLAP :]),
            says_yes=agreed is True,
            says_no=agreed is False,
            corrects=bool(thread.said) and agreed is None and corrects(text),
            automatic=automatic(text),
            signals=signs.signals,
            language_confidence=confidence,
        )
        return ruled, signs

    def agreed(self, message: str, thread: Thread = NOTHING_SAID) -> bool | None:
        """See `ports.reasoning.Agreed`."""
        before = self._before(thread)
        return says(message[:LONGEST], self._language(message) if before == UNKNOWN else before)

    def near(self, text: str, limit: int) -> tuple[str, ...]:
        """The procedures whose own examples are nearest to an English text, nearest first."""
        return self._training.own.router.nearest(self._embed([self._spelling(text[:LONGEST])]), limit)

    def _before(self, thread: Thread) -> str:
        """The language that the customer wrote in before."""
        theirs = [one.text for one in reversed(thread.said) if one.author is Author.CUSTOMER]
        return next((found for one in theirs if (found := self._language(one)) != UNKNOWN), UNKNOWN)

    def _language(self, text: str) -> str:
        return self._told(text)[0]

    def _told(self, text: str, before: str = UNKNOWN) -> tuple[str, float]:
        return told(text[:LONGEST], self._languages, self._spelling.knows, before)

    def _hear(self, router: Router, text: str, parts: tuple[Clause, ...]) -> tuple[tuple[Heard, ...], Heard | None]:
        """Each clause, and their whole when there are several; one batch for the embedder."""
        together = (joined(text, parts[0], parts[-1]),) if len(parts) > 1 else ()
        plain = [self._spelling(part.text) for part in (*parts, *together)]
        routes = router(self._embed(plain))
        heard = tuple(map(Heard, (*parts, *together), plain, routes))
        return heard[: len(parts)], heard[-1] if together else None

    def _requests(
        self, text: str, readable: bool, heard: tuple[Heard, ...], whole: Heard | None
    ) -> tuple[Request, ...]:
        heard = tuple(one for one in heard if any(map(str.isalnum, one.plain)))
        if heard:
            return self._sorter.requests(text, heard, whole)
        if readable and text.strip():
            return _small(text)
        return (Request(text, Kind.UNFORESEEN, None, 0.0, slots=slots(text)),)


def _small(text: str) -> tuple[Request, ...]:
    return (Request(text, Kind.SMALL_TALK, None, 0.0, slots=slots(text)),)


def _wanted(requests: tuple[Request, ...]) -> list[tuple[object, ...]]:
    """What a planner would make of them, whatever their confidence."""
    return [(one.quote, one.kind, one.procedure, [name for name, _ in one.candidates[:2]]) for one in requests]


def _few(parts: tuple[Clause, ...]) -> tuple[Clause, ...]:
    half = MOST_CLAUSES // 2
    return parts if len(parts) <= MOST_CLAUSES else (*parts[:half], *parts[-half:])

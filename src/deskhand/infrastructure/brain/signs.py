"""What fixed words of a message give away: risks, and the signs that need no score."""

from collections.abc import Iterable

from deskhand.domain.understanding import Risk, Sign, Signal
from deskhand.infrastructure.brain.lists import cues
from deskhand.infrastructure.brain.spotting import Span, Spotted, Spotter, spotter
from deskhand.infrastructure.brain.worded import Worded

TOPICS = ("legal", "safety", "self_harm", "fraud", "privacy", "press")
FIXED = (Sign.CHURN, Sign.REPEATED, Sign.PERSON)
ONE, MORE = 0.7, 0.9  # how strongly one phrase shows a sign, and several


class Signs:
    """The spans of a message's telling words, by kind; `language` is the message's, "und" when it cannot be told."""

    def __init__(self, text: str, language: str):
        self.text, self._said = text, Worded(text)
        self._spotter: Spotter = spotter(language)
        self._spotted: Spotted = self._spotter(self._said)
        self._known: dict[str, list[Span]] = {}

    @property
    def risks(self) -> tuple[Risk, ...]:
        """One for each subject that is touched."""
        found = ((topic, self.spans(topic, "risks")) for topic in TOPICS)
        return tuple(Risk(topic, self.text[slice(*spans[0])]) for topic, spans in found if spans)

    @property
    def wants_person(self) -> bool:
        return bool(self.spans("person")) and not cues("person")["unwanted"].search(self.text)

    @property
    def signals(self) -> tuple[Signal, ...]:
        """Those of `FIXED`."""
        found = ((sign, self.spans(str(sign))) for sign in FIXED if sign is not Sign.PERSON or self.wants_person)
        return tuple(
            Signal(sign, ONE if len(spans) == 1 else MORE, self.text[slice(*spans[0])])
            for sign, spans in found
            if spans
        )

    def spans(self, kind: str, table: str = "") -> list[Span]:
        """Where the cues of a table of `cues.toml`, and the phrases, show this kind."""
        if kind not in self._known:
            pattern = cues("person")["wanted"] if kind == "person" else cues(table).get(kind) if table else None
            cued = (one.span() for one in pattern.finditer(self.text)) if pattern else ()
            meant = (span for span in cued if self._spotter.means(kind, self._said, span))
            self._known[kind] = _apart([*meant, *self._spotted.get(kind, ())])
        return self._known[kind]


def _apart(spans: Iterable[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(spans):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept

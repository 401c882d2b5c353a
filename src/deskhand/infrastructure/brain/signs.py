"""What fixed words of a message give away: risks, and the signs that need no score."""

from collections.abc import Iterable

from deskhand.domain.understanding import Risk, Sign, Signal
from deskhand.infrastructure.brain.lists import cues
from deskhand.infrastructure.brain.person import asked
from deskhand.infrastructure.brain.spotting import Span, spotters
from deskhand.infrastructure.brain.worded import Worded

TOPICS = ("legal", "safety", "self_harm", "fraud", "privacy", "press")
FIXED = (Sign.CHURN, Sign.REPEATED, Sign.PERSON)
ONE, MORE = 0.7, 0.9  # how strongly one phrase shows a sign, and several


class Signs:
    """The spans of a message's telling words, by kind. Unless it is surely `english`, those of every language count;
    a person may be asked for in any."""

    def __init__(self, text: str, *, english: bool):
        self.text, self._said = text, Worded(text)
        self._english = spotters()["en"]
        known = (self._english,) if english else tuple(spotters().values())
        self._spotted = [spotter(self._said) for spotter in known]
        self._known: dict[str, list[Span]] = {}
        self._unsaid: set[str] = set()

    @property
    def risks(self) -> tuple[Risk, ...]:
        """One for each subject that is touched."""
        found = ((topic, self.spans(topic, "risks")) for topic in TOPICS)
        return tuple(Risk(topic, self.text[slice(*spans[0])]) for topic, spans in found if spans)

    @property
    def wants_person(self) -> bool:
        return bool(self.spans(Sign.PERSON))

    @property
    def signals(self) -> tuple[Signal, ...]:
        """Those of `FIXED`."""
        found = ((sign, self.spans(str(sign))) for sign in FIXED)
        return tuple(
            Signal(sign, ONE if len(spans) == 1 else MORE, self.text[slice(*spans[0])])
            for sign, spans in found
            if spans
        )

    def spans(self, kind: str, table: str = "") -> list[Span]:
        """Where the cues of a table of `cues.toml`, and the phrases, show this kind."""
        if kind == Sign.PERSON and kind not in self._known:
            self._known[kind] = _apart(asked(self._said))
        if kind not in self._known:
            pattern = cues(table).get(kind) if table else None
            cued = [one.span() for one in pattern.finditer(self.text)] if pattern else []
            meant = [span for span in cued if self._english.means(kind, self._said, span)]
            # A word of several languages is denied in the one that the message is in.
            unsaid = {span[0] for found in self._spotted for span in found.unsaid.get(kind, ())}
            spotted = [span for found in self._spotted for span in found.meant.get(kind, ())]
            self._known[kind] = _apart([*meant, *(span for span in spotted if span[0] not in unsaid)])
            if unsaid or len(meant) < len(cued):
                self._unsaid.add(kind)
        return self._known[kind]

    def denied(self, kind: str, table: str = "") -> bool:
        """Whether its cues stand there only to be denied, or quoted: "it is not urgent"."""
        return not self.spans(kind, table) and kind in self._unsaid


def _apart(spans: Iterable[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(spans):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept

"""Everything that is measured, one part after the other."""

from collections.abc import Callable

from evals.answers import answers
from evals.desks import desk_questions
from evals.escalation import demo, made_up
from evals.learning import learning
from evals.lumen import lumen_of, messages, several
from evals.measures import Measured
from evals.routing import routing
from evals.sets import Remembered
from evals.words import languages, personal_data

Part = Callable[[], Measured]
SLICE = "slice: "


def parts(embed: Remembered) -> list[tuple[str, Part]]:
    """The name of each, for whoever waits, and what measures it."""
    lumen = lumen_of(embed)
    sets = [(name, shots) for name in ("banking77", "clinc30bank") for shots in (3, 5, 10)]
    return [
        *((f"{name}, {shots} examples", _routing(embed, name, shots)) for name, shots in sets),
        ("corrections", lambda: learning(embed)),
        ("dstc11faq", lambda: answers(embed)),
        ("desk questions", desk_questions),
        ("languages", lambda: languages(lumen)),
        ("personal data", personal_data),
        ("lumen messages", lambda: messages(lumen)),
        ("several requests", lambda: several(lumen, looked_at=True)),
        ("several requests", lambda: several(lumen, looked_at=False)),
        ("escalation, made-up history", made_up),
        ("escalation, made-up history without noise", lambda: made_up(noise=0.0)),
        ("escalation, demo", demo),
        *slices(embed),
    ]


def slices(embed: Remembered) -> list[tuple[str, Part]]:
    """A small fixed part of the sets, for `tests/evals`: seconds from nothing."""
    return [
        ("slice", lambda: _sliced(routing(embed, "banking77", 3, every=6))),
        ("slice", lambda: _sliced(routing(embed, "clinc30bank", 5, every=5))),
        ("slice", lambda: _sliced(answers(embed, every=16, timed=0))),
    ]


def _routing(embed: Remembered, name: str, shots: int) -> Part:
    return lambda: routing(embed, name, shots)


def _sliced(one: Measured) -> Measured:
    still = {name: value for name, value in one.figures.items() if " ms " not in name and not name.startswith("s to")}
    return Measured(SLICE + one.name, still, {})

"""What is watched: each signal with what counts as a change of it that matters."""

from dataclasses import dataclass
from enum import StrEnum

DESK = ""  # the procedure of what is watched for all of them together


class Kind(StrEnum):
    """RATE: the share of what went wrong; LEVEL: how much, by the middle; MIX: how much there is of each."""

    RATE = "rate"
    LEVEL = "level"
    MIX = "mix"


@dataclass(frozen=True)
class Signal:
    """`least`: the smallest change that is worth a person's time: in points of a share (0.03 is 3), in natural
    logarithms where `log` (0.22 is a quarter more), else in the unit itself. `worse`: +1 where more is worse, -1 where
    less is. `steps_back`: whether its alarm takes trust from the procedure, unless the desk says otherwise."""

    name: str
    kind: Kind
    least: float
    worse: int = 1
    log: bool = False
    steps_back: bool = False


_ALL = (
    Signal("rejections", Kind.RATE, 0.03, steps_back=True),
    Signal("edits", Kind.RATE, 0.03, steps_back=True),
    Signal("ungrounded", Kind.RATE, 0.02, steps_back=True),
    Signal("unsatisfied", Kind.RATE, 0.03, steps_back=True),
    Signal("upset", Kind.RATE, 0.03, steps_back=True),
    Signal("returns", Kind.RATE, 0.03, steps_back=True),
    Signal("escalations", Kind.RATE, 0.03, steps_back=True),
    Signal("failures", Kind.RATE, 0.02, steps_back=True),
    Signal("unknown", Kind.RATE, 0.03),
    Signal("confidence", Kind.LEVEL, 0.03, worse=-1, steps_back=True),
    Signal("own_ms", Kind.LEVEL, 0.22, log=True),
    Signal("model_ms", Kind.LEVEL, 0.4, log=True),  # a server that is a quarter slower for some hours is usual
    Signal("cost", Kind.LEVEL, 0.22, log=True),
    Signal("languages", Kind.MIX, 0.05),
    Signal("topics", Kind.MIX, 0.05),
)
SIGNALS = {one.name: one for one in _ALL}

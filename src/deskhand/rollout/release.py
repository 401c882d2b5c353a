"""Who opens the door for a plan? The stage can only make policy's answer stricter."""

from collections.abc import Iterable
from enum import StrEnum
from typing import assert_never

from deskhand.domain.stage import Stage
from deskhand.domain.verdict import Approve, Verdict


class Door(StrEnum):
    NOBODY = "nobody"
    AGENT = "agent"
    ASSISTANT = "assistant"


def door(verdicts: Iterable[Verdict], stage: Stage, *, paused: bool = False) -> Door:
    """Nobody in read-only, an agent in assisted or where policy wants an approval, else the assistant alone.

    `paused`: the kill switch is on, so nobody but an agent opens, once it is off again.
    Denied and escalated actions are never carried out, whoever opens.
    """
    match stage:
        case Stage.READ_ONLY:
            return Door.NOBODY
        case Stage.ASSISTED:
            return Door.AGENT
        case Stage.AUTONOMOUS:
            return Door.AGENT if paused or any(isinstance(one, Approve) for one in verdicts) else Door.ASSISTANT
        case unexpected:
            assert_never(unexpected)

"""The order of steps: each can be reached, the last one ends, and nothing ends in silence."""

from collections.abc import Sequence

from deskhand.domain.lined_yaml import Map
from deskhand.procedures.shaped import Complain


def check_flow(steps: Sequence[Map], complain: Complain) -> None:
    """Judges by the keys that are written, whatever their values: a wrong value is a fault of its own."""
    final = [place for place, step in enumerate(steps) if _final(step)]
    if final and final[0] < len(steps) - 1:
        complain(steps[final[0] + 1].line, "this step can never be reached: the one before it always ends")
    if steps and not _final(steps[-1]):
        complain(steps[-1].line, "the last step has no `when`, and ends or hands off: nothing may fall through")
    spoken = False
    for step in steps:
        spoken = spoken or "say" in step
        if "end" in step and not spoken:
            complain(step.line, "this step ends before anything was said")


def _final(step: Map) -> bool:
    return "when" not in step and bool({"end", "hand_off"} & set(step))

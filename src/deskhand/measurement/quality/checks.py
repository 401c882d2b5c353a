"""Every rule that each closed conversation is held to."""

from collections.abc import Collection, Mapping

from deskhand.measurement.quality.check import Check, Remark
from deskhand.measurement.quality.substance import SUBSTANCE
from deskhand.measurement.quality.talk import Talk
from deskhand.measurement.quality.wording import WORDING

CHECKS: tuple[Check, ...] = (*SUBSTANCE, *WORDING)
VERSIONS: Mapping[str, int] = {one.id: one.version for one in CHECKS}


def run(talk: Talk, only: Collection[str]) -> dict[str, tuple[Remark, ...]]:
    """What each of these rules found, by its id; empty where all is well. The same conversation gives the same."""
    return {one.id: tuple(dict.fromkeys(one.find(talk))) for one in CHECKS if one.id in only}

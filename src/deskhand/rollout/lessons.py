"""What an agent's word about former suggestions may change, by how far the assistant is trusted."""

from collections.abc import Sequence

from deskhand.domain.example import Example, Judged, sentences
from deskhand.domain.stage import Stage


def lessons(near: Sequence[Example], stage: Stage) -> tuple[Example, ...]:
    """The examples a brain may heed, in the order given. A rejection that a newer edit took back is none.

    Where the assistant acts alone, only rejections are left: one agent's slip may make it more careful, and never
    changes what it says when nobody looks. Other wording is offered where an agent reads it before the customer does.
    """
    standing = [one for one in near if not any(_takes_back(newer, one) for newer in near)]
    alone = stage is Stage.AUTONOMOUS
    return tuple(one for one in standing if one.judged is Judged.REJECTED or not alone)


def watched(stage: Stage, taught: bool) -> Stage:
    """The stage of a message that is read otherwise than before because of what agents taught: a person looks at it."""
    return Stage.ASSISTED if taught and stage is Stage.AUTONOMOUS else stage


def _takes_back(newer: Example, rejection: Example) -> bool:
    """Whether an agent sent, after this rejection, an edited suggestion of the same kind."""
    if newer.judged is not Judged.EDITED or rejection.judged is not Judged.REJECTED or newer.at <= rejection.at:
        return False
    if newer.rerouted:
        return False  # it was about something else
    if rejection.procedures:
        return set(rejection.procedures) <= set(newer.procedures)
    return not newer.procedures and bool(sentences(rejection.suggested) & sentences(newer.suggested))

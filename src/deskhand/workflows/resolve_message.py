"""One message, from words to outcome: the product on one page."""

from typing import assert_never

from deskhand.domain.heard import Heard
from deskhand.domain.outcome import RunResult
from deskhand.workflows.carry_out import carry_out
from deskhand.workflows.consider import Considered, Way, consider
from deskhand.workflows.desk import Desk
from deskhand.workflows.hand_off import hand_off
from deskhand.workflows.hear import hear
from deskhand.workflows.one_answer import elsewhere, point
from deskhand.workflows.record import keep_silent
from deskhand.workflows.suggest import suggest


def resolve_message(desk: Desk, ticket: str, message: str, stage: str = "") -> RunResult:
    """Hear, consider, then let the stage decide who opens the door. Killed at any line, it goes on from there.

    `stage` overrides the rollout for this message.
    """
    heard = desk.step(hear, desk, ticket, message)
    desk.about(heard.requester.email, heard.requester.phone)
    considered = desk.step(consider, desk, heard, {}, stage)
    desk.about(considered.customer)
    heard = considered.heard or heard
    if there := desk.step(elsewhere, desk, heard, considered):
        return point(desk, heard, considered, there)
    return go_on(desk, heard, considered)


def go_on(desk: Desk, heard: Heard, considered: Considered) -> RunResult:
    """The way that was chosen for it, to its end."""
    match considered.way:
        case Way.SILENCE:
            return desk.step(keep_silent, desk, heard, considered)
        case Way.HAND_OFF:
            return hand_off(desk, heard, considered)
        case Way.SUGGEST | Way.AWAIT:
            return desk.step(suggest, desk, heard, considered)
        case Way.COMMIT:
            return carry_out(desk, heard, considered, approval=None)
        case unexpected:
            assert_never(unexpected)

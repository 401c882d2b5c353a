"""One message, from words to outcome: the product on one page."""

from dataclasses import dataclass
from typing import assert_never

from deskhand.domain.heard import Heard
from deskhand.domain.moved import Elsewhere
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
    decided = desk.step(decide, desk, heard, stage)
    considered, heard = decided.considered, decided.considered.heard or heard
    desk.about(considered.customer)
    if decided.there:
        return point(desk, heard, considered, decided.there)
    return go_on(desk, heard, considered)


@dataclass(frozen=True)
class Decided:
    """`there`: the other ticket that the matter is seen to on, None for its own."""

    considered: Considered
    there: Elsewhere | None


def decide(desk: Desk, heard: Heard, stage: str) -> Decided:
    """What would be done, and whether that is for this ticket to do: one durable step."""
    considered = consider(desk, heard, {}, stage)
    return Decided(considered, elsewhere(desk, considered.heard or heard, considered))


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

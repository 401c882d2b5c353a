"""A round of writing first is cut short with -9, before or after one of its commits; the next one goes on."""

from pathlib import Path

import pytest
from tests.cli.script import deskhand
from tests.crash.boundaries import AFTER, BEFORE
from tests.stories.writing import FAMILY, RULE, stages, writing

from deskhand.domain.stage import Stage

pytestmark = pytest.mark.sqlite("counts its commits")

KILLED = -9
# What a round commits: the event is filed, the cursor moves, the message is reserved, and settled.
POINTS = [(AFTER, 1), (BEFORE, 2), (AFTER, 2), (BEFORE, 3), (AFTER, 3), (BEFORE, 4), (AFTER, 4)]


@pytest.mark.parametrize(("when", "number"), POINTS)
def test_a_customer_is_told_exactly_once_on_a_ticket(folder: Path, when: str, number: int) -> None:
    with writing(folder) as desk:
        email = desk.customer()
        desk.told(desk.fails(email))
    dies(folder, when, number)
    with writing(folder) as desk:
        for _ in range(2):
            desk.round()

        assert len(desk.read(email)) == 1
        assert desk.contact().state == "contacted"


@pytest.mark.parametrize(("when", "number"), [(BEFORE, 3), (AFTER, 3), (BEFORE, 4)])
def test_a_letter_is_sent_once_at_most(folder: Path, when: str, number: int) -> None:
    """Nobody can look for a letter: one that was reserved is never sent by a second life."""
    with writing(folder, RULE.replace("channel: ticket", "channel: email")) as desk:
        email = desk.customer()
        desk.told(desk.fails(email))
    dies(folder, when, number)
    with writing(folder, "", change=stages(**{FAMILY.replace("-", "_"): Stage.AUTONOMOUS})) as desk:
        for _ in range(2):
            desk.round()

        assert len(desk.letters(email)) == {(BEFORE, 3): 1, (AFTER, 3): 0, (BEFORE, 4): 1}[when, number]
        assert desk.contact().state == ("contacted" if (when, number) == (BEFORE, 3) else "open")


def dies(folder: Path, when: str, number: int) -> None:
    done = deskhand(str(folder), when, str(number), program="tests.stories.dying")
    assert done.code == KILLED, done.err

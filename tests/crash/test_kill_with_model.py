"""A worker with a language model is killed at a commit: what the model answered before is not asked again after."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.crash import boundaries
from tests.crash import lives as desk
from tests.crash.aftermath import remembered, whole
from tests.crash.lives import Lives
from tests.crash.stories import Story, deaths, first
from tests.llm.served import served

from deskhand.domain.journal_line import Verified
from deskhand.domain.stage import Stage
from deskhand.infrastructure.llm.twin import ModelTwin

COUNTS = "counts its commits; tests/engine/test_crash.py kills workers on both"
pytestmark = [pytest.mark.crash, pytest.mark.timeout(600), pytest.mark.sqlite(COUNTS)]

CHARGED_TWICE = "I was charged twice for my subscription this month, please give one of them back."
STEPS = range(3, 16)  # among these commits are those that keep the two answers
AGAIN = {boundaries.BEFORE: 2, boundaries.AFTER: 0}  # an answer that was not kept yet is asked for again


@pytest.fixture(scope="module")
def model() -> ModelTwin:
    return ModelTwin()


@pytest.fixture(scope="module")
def lives(
    model: ModelTwin, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Lives]:
    place: Path = tmp_path_factory.mktemp("model")
    with (
        served(model.app) as url,
        desk.lives(place, request.config, lambda twins: first(twins, place), f'model = "m@{url}/ok/v1"\n') as found,
    ):
        yield found


@pytest.mark.parametrize("when", [boundaries.BEFORE, boundaries.AFTER])
def test_killed_with_a_model_it_refunds_and_replies_once_and_asks_again_only_what_was_not_kept(
    lives: Lives, model: ModelTwin, when: str
) -> None:
    state, tickets, asked = lives.memory(), 0, len(model.heard)
    for ticket in deaths(lives, Story(Stage.AUTONOMOUS, (CHARGED_TWICE,)), state, when, STEPS):
        tickets += 1
        assert len(ticket.refunds()) == 1, ticket.place
        assert len(ticket.written(public=True)) == 1, ticket.place
        memory = remembered(state, ticket.ref)
        assert (memory.ended, memory.outcomes) == (ticket.messages, {"resolved": 1}), ticket.place
    assert isinstance(whole(state)[0], Verified)
    assert tickets == len(STEPS)
    assert len(model.heard) - asked - 2 * tickets == AGAIN[when]

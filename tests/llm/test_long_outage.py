"""The provider stays away: after two failures it is left in peace, and every message ends once all the same."""

import pytest
from tests.llm.conftest import Open
from tests.llm.conversations import conversation, ended_once_each
from tests.llm.desks import IN_JSON, Twin, calls_of, using
from tests.llm.thoughts import uses


@pytest.mark.parametrize("number", [1, 3, 4])
def test_out_for_longer_the_model_rests_and_the_built_in_brain_goes_on(desk: Open, twin: Twin, number: int) -> None:
    lumen = desk(using(twin.name("ok", IN_JSON)))
    twin.model.think = uses(("billing__charges", {"days": 60}))
    twin.model.outage = range(number, number + 2)
    email, first, second = conversation(lumen)
    ended_once_each(lumen, email, first, second)
    assert [bool(call.failed) for call in calls_of(lumen, first)] == [False] * (number - 1) + [True, True]
    assert twin.asked == number + 1, "after two failures it is left in peace"

"""Two models compared: each customer has one of them, and the journal says which."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from pydantic import ValidationError
from tests.llm.desks import ENDED, Change, Twin, using
from tests.stories.lumen import TWICE, Lumen

from deskhand.domain.errors import DeskFault
from deskhand.settings import Settings
from deskhand.settings.rollout import RolloutTable

OWN, OTHER = "as-ever", "tried"


def trying(models: list[str], model: str) -> Change:
    def change(settings: Settings) -> Settings:
        changed = using(*models)(settings)
        trials = RolloutTable.model_validate({"trials": {"other": {"model": model, "percent": 50}}}).trials
        rollout = changed.table.rollout.model_copy(update={"trials": trials})
        return replace(changed, table=changed.table.model_copy(update={"rollout": rollout}))

    return change


def test_a_model_that_is_tried_plans_for_its_share_of_customers_and_the_journal_says_so(
    twin: Twin, desk: Callable[[Change], Lumen]
) -> None:
    own, other = twin.name().replace("m@", f"{OWN}@"), twin.name().replace("m@", f"{OTHER}@")
    lumen = desk(trying([own], other))
    planned: dict[str, str] = {}
    for _ in range(12):
        if len(planned) < 2:
            told = lumen.say(lumen.customer("double_charge_small"), TWICE)
            lines = lumen.installation.queries.timeline(told.ticket)
            calls = [one.body for one in lines if one.kind == "model.called"]
            assert all(OWN in one["model"] for one in calls if one["purpose"] == "read")
            (version,) = {one.body["trials"]["other"] for one in lines if one.kind == ENDED}
            (planned[version],) = {one["model"] for one in calls if one["purpose"] == "plan"}
    assert OWN in planned["a"]
    assert OTHER in planned["b"]


def test_a_model_is_not_tried_where_there_is_none_to_compare_it_with(
    twin: Twin, desk: Callable[[Change], Lumen]
) -> None:
    with pytest.raises(DeskFault) as told:
        desk(trying([], twin.name()))
    assert "there is no `model` to compare it with" in str(told.value)


@pytest.mark.parametrize(
    "trials",
    [
        {"one": {}},
        {"one": {"model": "m@x"}, "two": {"model": "n@x", "procedure": "refund"}},
        {"one": {"model": "m@x", "procedure": "refund"}, "two": {"model": "n@x", "procedure": "refund"}},
    ],
)
def test_trials_of_nothing_or_of_the_same_messages_are_refused(trials: dict[str, dict[str, str]]) -> None:
    with pytest.raises(ValidationError):
        RolloutTable.model_validate({"trials": trials})

"""The lines that measurements are tested with have the shape of those that the stories write."""

import pytest
from tests.measurement.truth import history
from tests.stories.lumen import TWICE, Lumen

from deskhand.domain.stage import Stage
from deskhand.measurement.entries import entries
from deskhand.workflows.take_over import take_over


@pytest.fixture(scope="module")
def told(shared: Lumen) -> list[str]:
    stage = Stage.AUTONOMOUS
    alone = shared.say(shared.customer("single_charge"), "How big can a CSV file be?", stage=stage)
    given = shared.say(shared.customer("single_charge"), "I want to talk to a human.", stage=stage)
    refunded = shared.say(shared.customer("double_charge_small"), TWICE, stage=stage)
    waits = shared.say(shared.customer("double_charge_small"), TWICE, stage=Stage.ASSISTED)
    suggestion = shared.suggestion(waits.ticket)
    shared.decide(suggestion, "edited", "ana", text=suggestion.resolution.reply + " Bye!")
    shared.settled(suggestion)
    take_over(shared.installation.store, given.ticket, shared.installation.people["ana"], shared.clock())
    return [one.ticket for one in (alone, given, refunded, waits)]


def test_made_up_lines_hold_nothing_that_real_ones_do_not(shared: Lumen, told: list[str]) -> None:
    real: dict[str, set[str]] = {}
    for ticket in told:
        for line in shared.installation.queries.timeline(ticket):
            real.setdefault(line.kind, set()).update(line.body)
    made: dict[str, set[str]] = {}
    for line in history(300)[1]:
        made.setdefault(line.kind, set()).update(line.body)
    both = real.keys() & made.keys()
    assert {"message.received", "message.considered", "message.ended", "suggestion.settled", "effect.done"} <= both
    assert {kind: made[kind] - real[kind] - {"arm"} for kind in both if made[kind] - real[kind] - {"arm"}} == {}


def test_real_tickets_are_counted_as_they_went(shared: Lumen, told: list[str]) -> None:
    lines = [line for ticket in told for line in shared.installation.queries.timeline(ticket)]
    found = {one.ticket: one for one in entries(lines, shared.installation.desk.closing.window)}
    alone, given, refunded, waits = (found[ticket] for ticket in told)
    assert alone.counts["alone"] == 1
    assert (given.escalated, given.counts["context"]) == ("asked", 10_000)
    assert refunded.counts["effects"] == refunded.counts["compliant"] >= 1
    assert waits.counts["suggestion edited"] == 1
    assert 0 < waits.counts["changed"] <= len(" Bye!") < waits.counts["drafted"]
    assert all(one.response_at and one.tier for one in (alone, refunded, waits))

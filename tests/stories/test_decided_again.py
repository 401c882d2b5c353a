"""After a day at the desk, every verdict in the journal is decided again, to the same."""

from dataclasses import replace

from tests.stories.lumen import TWICE, Lumen

from deskhand.domain.outcome import RunOutcome
from deskhand.execution.catalogue.all_actions import schema_of_texts
from deskhand.policy.replay import DECISIONS, Replayed, TextsOfThen, replayed


def test_every_verdict_of_a_day_comes_out_again_and_a_changed_fact_does_not(lumen: Lumen) -> None:
    lumen.say(lumen.customer("double_charge_small"), TWICE)
    waiting = lumen.suggestion(lumen.say(lumen.customer("double_charge_large"), TWICE).ticket)
    assert lumen.decide(waiting, "approved", by="tom").stands
    assert lumen.settled(waiting).outcome is RunOutcome.RESOLVED
    lumen.say(lumen.customer("single_charge"), "Please cancel my subscription")
    lumen.say("unknown@example.com", TWICE)

    again = decided_again(lumen)

    assert {one.record.action for one in again if one.record} >= {"turn", "refund_charge", "cancel_subscription"}
    assert {one.record.answer.effect for one in again if one.record} >= {"allow", "approve", "confirm"}
    assert ("team_lead",) in {one.record.approved for one in again if one.record}
    assert [one for one in again if one.again is None or one.differs] == []

    (deed, *_) = [one for one in again if one.record and one.record.approved]
    facts = {**deed.line.body["facts"], "charge.disputed": True}
    tampered = replace(deed.line, body={**deed.line.body, "facts": facts})
    texts = TextsOfThen(lumen.installation.queries.policy_texts(), schema_of_texts)
    (found,) = replayed([tampered], texts)
    assert found.differs


def decided_again(lumen: Lumen) -> list[Replayed]:
    queries = lumen.installation.queries
    return list(replayed(queries.of_kinds(DECISIONS), TextsOfThen(queries.policy_texts(), schema_of_texts)))

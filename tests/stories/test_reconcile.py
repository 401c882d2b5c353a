"""Answers that were lost for good: looked for until it is certain, and an agent's task when it never is."""

from datetime import timedelta

from tests.stories.lumen import TWICE, Lumen
from tests.stories.network import ALWAYS

from deskhand.domain.effect import Effect, EffectState
from deskhand.domain.outcome import RunOutcome
from deskhand.workflows.compare_ledger import compare_ledger
from deskhand.workflows.reconcile import WAITS, look
from deskhand.workflows.settle_by_hand import settle_by_hand


def lost(lumen: Lumen, fault: str) -> Effect:
    """A refund whose answers are lost however often it is tried, and that cannot be looked for."""
    lumen.network.trouble("stripe POST /v1/refunds", fault, times=ALWAYS)
    lumen.network.trouble("stripe GET /v1/refunds", "429 bare", times=ALWAYS)
    told = lumen.say(lumen.customer("double_charge_small"), TWICE)
    assert told.result.outcome is RunOutcome.HANDED_OFF
    lumen.network.troubles.clear()
    with lumen.installation.store.begin() as tx:
        (effect,) = [one for one in tx.ledger.of_ticket(told.ticket) if one.action == "refund_charge"]
    assert effect.state is EffectState.UNCONFIRMED
    return effect


def now_known(lumen: Lumen, key: str) -> Effect:
    with lumen.installation.store.begin() as tx:
        effect = tx.ledger.effect(key)
    assert effect is not None
    return effect


def number(effect: Effect) -> int:
    return int(effect.ticket.rsplit(":", 1)[1])


def test_what_happened_although_its_answer_was_lost_is_found_and_told_to_colleagues(lumen: Lumen) -> None:
    effect = lost(lumen, "drop after")
    differences = compare_ledger(lumen.installation.desk, since=effect.at, tell=print).differences
    assert [one.key for one in differences] == [effect.key]
    assert "ledger settle" in differences[0].advice

    look(lumen.installation.desk, effect.key, 0)
    found = now_known(lumen, effect.key)
    assert found.state is EffectState.DONE
    assert found.receipt is not None
    assert any(found.receipt.id in note for note in lumen.notes(number(effect)))
    look(lumen.installation.desk, effect.key, 0)
    assert compare_ledger(lumen.installation.desk, since=effect.at, tell=print).differences == ()


def test_what_never_arrived_is_certain_only_after_an_hour_and_is_never_sent_by_the_reconciler(lumen: Lumen) -> None:
    effect = lost(lumen, "silent")
    asked = lumen.network.count("stripe POST /v1/refunds")
    look(lumen.installation.desk, effect.key, 0)
    assert now_known(lumen, effect.key).state is EffectState.UNCONFIRMED
    lumen.clock.ahead += timedelta(minutes=61)
    look(lumen.installation.desk, effect.key, 1)
    assert now_known(lumen, effect.key).state is EffectState.DECLINED
    assert any("was not done" in note for note in lumen.notes(number(effect)))
    assert lumen.network.count("stripe POST /v1/refunds") == asked


def test_what_nobody_can_tell_becomes_an_agents_task_and_keeps_its_place_under_every_cap(lumen: Lumen) -> None:
    effect = lost(lumen, "drop after")
    lumen.network.trouble("stripe GET /v1/refunds", "429 bare", times=ALWAYS)
    look(lumen.installation.desk, effect.key, len(WAITS) - 1)
    assert "effect.alarm" in lumen.kinds(effect.ticket)
    assert lumen.owner(effect.ticket) == "queue:support"
    assert any("ledger settle" in note for note in lumen.notes(number(effect)))
    assert now_known(lumen, effect.key).state.open
    with lumen.installation.store.begin() as tx:
        assert [one.key for one in tx.ledger.unsettled(lumen.clock())] == [effect.key]

    store, now = lumen.installation.store, lumen.clock()
    assert settle_by_hand(store, effect.key, receipt="re_found", by="ana", now=now) == ""
    assert now_known(lumen, effect.key).state is EffectState.DONE
    assert "already" in settle_by_hand(store, effect.key, receipt="", by="ana", now=now)
    assert "there is no effect" in settle_by_hand(store, "refund/none", receipt="", by="ana", now=now)


def test_a_lost_answer_starts_the_search_by_itself(lumen: Lumen) -> None:
    effect = lost(lumen, "drop after")
    key = f"reconcile/{effect.key}/0"
    (run,) = lumen.installation.engine.client.list_workflows(workflow_ids=[key])
    assert (run.name, run.status) == ("reconcile_effect", "DELAYED")


def test_what_a_system_marks_as_ours_and_no_ledger_knows_is_a_difference(lumen: Lumen) -> None:
    told = lumen.say(lumen.customer("double_charge_small"), TWICE)
    assert told.result.outcome is RunOutcome.RESOLVED
    since = lumen.clock() - timedelta(days=1)
    assert compare_ledger(lumen.installation.desk, since=since, tell=print).differences == ()
    charge = lumen.charges(lumen.customer("single_charge"))[0].ref
    lumen.refund_elsewhere(charge)
    (found,) = compare_ledger(lumen.installation.desk, since=since, tell=print).differences
    assert (found.key, found.ours) == (f"by-hand/{charge.id}", "unknown")

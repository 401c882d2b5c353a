"""The kill switch and the circuit breakers: nothing more is done, nothing is lost, and people say when it goes on."""

from dataclasses import replace
from pathlib import Path

from tests.stories.lumen import TWICE, Lumen, opened, trusted

from deskhand.domain.outcome import RunOutcome
from deskhand.domain.pause import DESK
from deskhand.settings import BreakersTable, Settings
from deskhand.workflows.pause import pause, resume


def stop(lumen: Lumen, scope: str = DESK) -> None:
    pause(lumen.installation.store, scope, by="ana", why="a drill", now=lumen.clock())


def go_on(lumen: Lumen, scope: str = DESK) -> bool:
    return resume(lumen.installation.store, scope, by="ana", now=lumen.clock())


def test_while_the_desk_is_paused_what_would_be_done_waits_for_an_agent(lumen: Lumen) -> None:
    email = lumen.customer("double_charge_small")
    stop(lumen)
    told = lumen.say(email, TWICE)
    assert told.result.outcome is RunOutcome.AWAITING_APPROVAL
    assert not lumen.refunds(email)
    assert not lumen.replies(told.number) + lumen.notes(told.number)

    suggestion = lumen.suggestion(told.ticket)
    refused = lumen.decide(suggestion, "approved", "ana")
    assert not refused.stands
    assert "desk is paused" in refused.why
    assert "a drill" in refused.why

    assert go_on(lumen)
    assert lumen.decide(suggestion, "approved", "ana").stands
    assert lumen.settled(suggestion).outcome is RunOutcome.RESOLVED
    assert len(lumen.refunds(email)) == len(lumen.replies(told.number)) == 1


def test_a_pause_between_plan_and_deed_stops_the_deed(lumen: Lumen) -> None:
    email = lumen.customer("double_charge_large")
    told = lumen.say(email, TWICE)
    assert told.result.outcome is RunOutcome.AWAITING_APPROVAL
    suggestion = lumen.suggestion(told.ticket)
    lumen.network.trouble("stripe GET /v1/customers", "late")
    assert lumen.decide(suggestion, "approved", "tom").stands
    stop(lumen)
    after = lumen.settled(suggestion)
    assert after.outcome is RunOutcome.AWAITING_APPROVAL
    assert not lumen.refunds(email)
    assert not lumen.replies(told.number)
    assert "paused" in str([line.body for line in lumen.installation.queries.timeline(told.ticket)])


def test_one_action_or_one_procedure_can_be_paused_alone(lumen: Lumen) -> None:
    stop(lumen, "action:refund_charge")
    email = lumen.customer("double_charge_small")
    assert lumen.say(email, TWICE).result.outcome is RunOutcome.AWAITING_APPROVAL
    assert lumen.say(email, "How big can a CSV file be?").result.outcome is RunOutcome.ANSWERED
    go_on(lumen, "action:refund_charge")
    stop(lumen, "procedure:duplicate-charge")
    assert lumen.say(lumen.customer("double_charge_small"), TWICE).result.outcome is RunOutcome.AWAITING_APPROVAL
    assert lumen.say(email, "Please show me my recent payments").result.outcome is RunOutcome.ANSWERED
    assert lumen.refunds(email) == []


def test_a_breaker_pauses_the_desk_before_the_cap_is_passed_and_counts_anew_once_it_is_lifted(folder: Path) -> None:
    def capped(settings: Settings) -> Settings:
        breakers = BreakersTable(actions_per_minute=0, money_per_day={"USD": "60.00", "EUR": "60.00"})
        return replace(settings, table=trusted(settings).table.model_copy(update={"breakers": breakers}))

    with opened(folder, capped) as lumen:
        outcomes = [lumen.say(lumen.customer("double_charge_small"), TWICE).result.outcome for _ in range(4)]
        moved = spent(lumen)
        assert RunOutcome.RESOLVED in outcomes
        assert outcomes[-1] is RunOutcome.AWAITING_APPROVAL
        assert all(amount <= 6000 for amount in moved.values())
        with lumen.installation.store.begin() as tx:
            (standing,) = tx.pauses.standing()
        assert standing.by == "breaker"
        assert "[breakers]" in standing.why
        lumen.clock.ahead += lumen.clock.ahead.resolution
        go_on(lumen)
        assert lumen.say(lumen.customer("double_charge_small"), TWICE).result.outcome is RunOutcome.RESOLVED


def test_a_breaker_of_actions_trips_at_the_next_one_within_a_minute(folder: Path) -> None:
    def slow(settings: Settings) -> Settings:
        return replace(
            settings, table=trusted(settings).table.model_copy(update={"breakers": BreakersTable(actions_per_minute=2)})
        )

    with opened(folder, slow) as lumen:
        outcomes = [lumen.say(lumen.customer("double_charge_small"), TWICE).result.outcome for _ in range(3)]
        assert outcomes == [RunOutcome.RESOLVED, RunOutcome.RESOLVED, RunOutcome.AWAITING_APPROVAL]


def test_every_pause_and_every_end_of_one_is_in_the_journal(lumen: Lumen) -> None:
    stop(lumen)
    stop(lumen)
    assert go_on(lumen)
    assert not go_on(lumen)
    told = [
        (line.kind, line.body["by"]) for line in lumen.installation.queries.lines() if line.kind.startswith("desk.")
    ]
    assert told == [("desk.paused", "ana"), ("desk.resumed", "ana")]


def spent(lumen: Lumen) -> dict[str, int]:
    """Minor units by currency."""
    with lumen.installation.store.begin() as tx:
        amounts = [one.amount for one in tx.ledger.since(lumen.clock() - lumen.clock.ahead.max / 10**6) if one.amount]
    found: dict[str, int] = {}
    for amount in amounts:
        found[amount.currency] = found.get(amount.currency, 0) + amount.minor
    return found


def test_one_ticket_or_one_customer_can_be_paused_alone(lumen: Lumen) -> None:
    email, question = lumen.customer("single_charge"), "How big can a CSV file be?"
    first = lumen.say(email, question)
    stop(lumen, f"ticket:{first.ticket}")
    assert lumen.say(email, "Which cards do you accept?", first.number).result.outcome is RunOutcome.AWAITING_APPROVAL
    refused = lumen.decide(lumen.suggestion(first.ticket), "approved", "ana")
    assert not refused.stands
    assert f"ticket:{first.ticket} is paused" in refused.why
    assert lumen.say(email, question).result.outcome is RunOutcome.ANSWERED

    with lumen.installation.store.begin() as tx:
        whose = tx.results.customer(first.ticket, first.message)
    stop(lumen, f"customer:{whose}")
    assert lumen.say(email, question).result.outcome is RunOutcome.AWAITING_APPROVAL
    assert lumen.say(lumen.customer("single_charge"), question).result.outcome is RunOutcome.ANSWERED
    assert go_on(lumen, f"customer:{whose}")
    assert lumen.say(email, question).result.outcome is RunOutcome.ANSWERED

"""What only the customer may decide: asked first, done after a yes to exactly that, and once."""

from datetime import timedelta

from tests.stories.lumen import Lumen

from deskhand.domain.outcome import RunOutcome

CANCEL = "please cancel my subscription"
POST = "stripe POST /v1/subscriptions"


def test_cancelling_is_asked_about_first(shared: Lumen) -> None:
    email = shared.customer("single_charge")
    told = shared.say(email, CANCEL)
    assert told.result.outcome is RunOutcome.ASKED
    assert told.result.actions[0].verdict.effect == "confirm"
    assert len(shared.replies(told.number)) == 1
    assert shared.subscription(email).cancels_at is None


def test_a_yes_on_the_same_ticket_cancels_exactly_once(shared: Lumen) -> None:
    email = shared.customer("single_charge")
    asked = shared.say(email, CANCEL)
    before = shared.network.count(POST)
    told = shared.say(email, "yes", asked.number)
    ends = shared.subscription(email).cancels_at
    assert told.result.outcome is RunOutcome.RESOLVED
    assert ends is not None
    assert f"{ends.day} {ends:%B %Y}" in shared.replies(asked.number)[-1]
    again = shared.say(email, "yes", asked.number)
    assert again.result.outcome is not RunOutcome.RESOLVED
    assert shared.network.count(POST) == before + 1


def test_a_no_changes_nothing_and_a_later_yes_is_a_yes_to_nothing(shared: Lumen) -> None:
    email = shared.customer("single_charge")
    asked = shared.say(email, CANCEL)
    shared.say(email, "no", asked.number)
    shared.say(email, "yes", asked.number)
    assert shared.subscription(email).cancels_at is None
    assert "confirmation.refused" in shared.kinds(asked.ticket)
    assert "confirmation.given" not in shared.kinds(asked.ticket)


def test_a_yes_without_a_question_does_nothing(shared: Lumen) -> None:
    email = shared.customer("single_charge")
    told = shared.say(email, "yes")
    assert told.result.actions == ()
    assert shared.subscription(email).cancels_at is None


def test_a_yes_on_another_ticket_does_nothing(shared: Lumen) -> None:
    email = shared.customer("single_charge")
    shared.say(email, CANCEL)
    shared.say(email, "yes")
    assert shared.subscription(email).cancels_at is None


def test_a_yes_that_comes_too_late_does_nothing(shared: Lumen) -> None:
    email = shared.customer("single_charge")
    asked = shared.say(email, CANCEL)
    shared.clock.ahead += timedelta(hours=73)
    shared.say(email, "yes", asked.number)
    assert shared.subscription(email).cancels_at is None
    assert "confirmation.given" not in shared.kinds(asked.ticket)


def test_a_yes_about_something_else_does_not_confirm(shared: Lumen) -> None:
    email = shared.customer("single_charge")
    asked = shared.say(email, CANCEL)
    shared.say(email, "Yes, but first tell me how big a CSV file can be?", asked.number)
    assert shared.subscription(email).cancels_at is None

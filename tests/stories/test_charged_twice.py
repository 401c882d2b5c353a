""" "I was charged twice": six customers write the same words, and each gets what is right for them."""

from datetime import datetime

import pytest
from tests.stories.lumen import TWICE, Lumen, Told

from deskhand.domain.action import Action
from deskhand.domain.billing import Refund
from deskhand.domain.case import Case
from deskhand.domain.customer import Matched, Strength
from deskhand.domain.outcome import RunOutcome
from deskhand.domain.stage import Stage
from deskhand.domain.suggestion import SuggestionState
from deskhand.execution.executor import Approval
from deskhand.execution.results import Stopped
from deskhand.workflows.one_answer import AT_ONCE

MAYA, LARS, GRACE, OMAR, SOFIA, NOBODY = (
    f"{name}@example.com" for name in ("maya.chen", "lars.holm", "grace.kim", "omar.farouk", "sofia.marquez", "unknown")
)


def day(at: datetime) -> str:
    return f"{at.day} {at:%B %Y}"


def test_a_small_double_charge_is_refunded_once_and_the_customer_reads_what_stripe_says(shared: Lumen) -> None:
    before = shared.charges(MAYA)
    told = shared.say(MAYA, TWICE)
    (refund,) = shared.refunds(MAYA)
    second = before[0]
    assert told.result.outcome is RunOutcome.RESOLVED
    assert (refund.charge, refund.amount, refund.status) == (second.ref, second.amount, "succeeded")
    (reply,) = shared.replies(told.number)
    assert told.result.reply == reply
    for word in (f"${refund.amount.minor / 100:.2f}", day(second.created_at), refund.ref.id):
        assert word in reply
    (action,) = told.result.actions
    assert action.receipt is not None
    assert action.receipt.id == refund.ref.id
    assert shared.notes(told.number) == []
    assert shared.open_effects(told.ticket) == []


def test_asking_again_later_on_another_ticket_tells_of_the_refund_and_makes_no_second_one(shared: Lumen) -> None:
    email = shared.customer("double_charge_small")
    shared.say(email, TWICE)
    shared.clock.ahead += AT_ONCE
    again = shared.say(email, TWICE)
    (refund,) = shared.refunds(email)
    assert again.result.outcome is RunOutcome.ANSWERED
    assert refund.ref.id in again.result.reply


def test_a_customer_who_was_charged_once_gets_no_refund_and_the_list_of_charges(shared: Lumen) -> None:
    told = shared.say(LARS, TWICE)
    (reply,) = shared.replies(told.number)
    assert told.result.outcome is RunOutcome.ANSWERED
    assert shared.refunds(LARS) == []
    newest = shared.charges(LARS)[0]
    assert f"{day(newest.created_at)}, ${newest.amount.minor / 100:.2f}" in reply


def test_a_customer_who_was_refunded_already_is_told_which_refund_when_and_how_much(shared: Lumen) -> None:
    (refund,) = shared.refunds(OMAR)
    told = shared.say(OMAR, TWICE)
    (reply,) = shared.replies(told.number)
    assert told.result.outcome is RunOutcome.ANSWERED
    assert shared.refunds(OMAR) == [refund]
    for word in (refund.ref.id, f"${refund.amount.minor / 100:.2f}", day(refund.created_at)):
        assert word in reply


def test_an_unknown_customer_learns_nothing_private_and_moves_nothing(shared: Lumen) -> None:
    told = shared.say(NOBODY, TWICE)
    assert told.result.actions == ()
    # Asked for a code, like somebody we know: whether anybody has this address is not to be learned.
    assert told.result.outcome in (RunOutcome.HANDED_OFF, RunOutcome.ANSWERED, RunOutcome.ASKED)
    assert shared.letters_with_codes(told.ticket) == 0
    assert "ch_" not in "".join(shared.replies(told.number))
    assert "re_" not in "".join(shared.replies(told.number))


class TestAboveTheLimit:
    """Grace's second charge is larger than what the assistant may give back alone."""

    def test_waits_for_a_team_lead_and_nothing_moves(self, shared: Lumen) -> None:
        told = shared.say(GRACE, TWICE)
        assert told.result.outcome is RunOutcome.AWAITING_APPROVAL
        assert shared.suggestion(told.ticket).roles == ("team_lead",)
        assert nothing_moved(shared, GRACE, told)

    def test_somebody_without_the_role_does_not_start_it(self, shared: Lumen) -> None:
        email = shared.customer("double_charge_large")
        told = shared.say(email, TWICE)
        noted = shared.decide(shared.suggestion(told.ticket), "approved", by="ana")
        assert "team_lead" in noted.why
        assert shared.suggestion(told.ticket).state is SuggestionState.PENDING
        assert shared.kinds(told.ticket)[-1] == "message.ended"
        assert nothing_moved(shared, email, told)

    def test_a_team_lead_who_saw_it_starts_it_once(self, shared: Lumen) -> None:
        email = shared.customer("double_charge_large")
        told = shared.say(email, TWICE)
        waiting = shared.suggestion(told.ticket)
        assert shared.decide(waiting, "approved", by="tom").stands
        result = shared.settled(waiting)
        refund = only_refund(shared, email)
        assert result.outcome is RunOutcome.RESOLVED
        (reply,) = shared.replies(told.number)
        assert refund.ref.id in reply
        assert not shared.decide(waiting, "approved", by="tom").stands
        assert only_refund(shared, email) == refund

    @pytest.mark.parametrize("seen", ["0" * 64, "an old one"])
    def test_a_decision_about_something_else_does_nothing(self, shared: Lumen, seen: str) -> None:
        email = shared.customer("double_charge_large")
        told = shared.say(email, TWICE)
        assert not shared.decide(shared.suggestion(told.ticket), "approved", by="tom", seen=seen).stands
        assert shared.suggestion(told.ticket).state is SuggestionState.PENDING
        assert shared.kinds(told.ticket)[-1] == "message.ended"
        assert nothing_moved(shared, email, told)


def test_an_enterprise_customer_needs_the_account_manager_too(shared: Lumen) -> None:
    told = shared.say(SOFIA, TWICE)
    waiting = shared.suggestion(told.ticket)
    assert "account_manager" in waiting.roles
    shared.decide(waiting, "approved", by="tom")
    assert nothing_moved(shared, SOFIA, told)
    assert shared.decide(waiting, "approved", by="mei").stands
    assert shared.settled(waiting).outcome is RunOutcome.RESOLVED
    only_refund(shared, SOFIA)


@pytest.mark.parametrize("approved", [False, True])
def test_a_charge_of_somebody_else_is_refused_whoever_approves(shared: Lumen, approved: bool) -> None:
    told = shared.say(LARS, "Hello, I have a question about my payments.")
    (lars,) = shared.installation.systems.directories[0].by_email(LARS)
    stranger = shared.charges(GRACE)[0]
    identity = Matched(lars.value, Strength.ATTESTED, "email")
    case = Case(told.ticket, "email", identity, Stage.AUTONOMOUS, shared.clock())
    action = Action("refund_charge", {"charge": stranger.ref.id, "amount": str(stranger.amount)})
    proposal = shared.installation.desk.gate.propose(action, case)
    assert (proposal.verdict.effect, proposal.verdict.rule) == ("deny", "refund-own-charge")
    yes = Approval(proposal.digest, ("team_lead", "account_manager"), "tom") if approved else None
    result = shared.installation.desk.executor.commit(action, case, yes)
    assert isinstance(result, Stopped)
    assert result.verdict.rule == "refund-own-charge"
    assert shared.refunds(GRACE) == []


def nothing_moved(shared: Lumen, email: str, told: Told) -> bool:
    return not shared.refunds(email) and not shared.replies(told.number)


def only_refund(shared: Lumen, email: str) -> Refund:
    (refund,) = shared.refunds(email)
    assert (refund.charge, refund.amount) == (shared.charges(email)[0].ref, shared.charges(email)[0].amount)
    return refund

"""How far the assistant is trusted: it suggests, it waits for one decision, or it acts alone."""

import pytest
from tests.stories.lumen import TWICE, Lumen, Told

from deskhand.domain.outcome import RunOutcome
from deskhand.domain.stage import Stage
from deskhand.domain.suggestion import Suggestion, SuggestionState


def waiting(lumen: Lumen, stage: Stage) -> tuple[str, Told, Suggestion]:
    """A customer who was charged twice, their message, and the suggestion about it."""
    email = lumen.customer("double_charge_small")
    told = lumen.say(email, TWICE, stage=stage)
    return email, told, lumen.suggestion(told.ticket)


class TestReadOnly:
    def test_a_suggestion_is_written_and_nothing_outside(self, shared: Lumen) -> None:
        email, told, suggestion = waiting(shared, Stage.READ_ONLY)
        assert told.result.outcome is RunOutcome.SUGGESTED
        assert suggestion.resolution.proposals[0].verdict.effect == "allow"
        assert untouched(shared, email, told)

    @pytest.mark.parametrize("decision", ["approved", "edited", "rejected"])
    def test_no_decision_opens_a_door(self, shared: Lumen, decision: str) -> None:
        email, told, suggestion = waiting(shared, Stage.READ_ONLY)
        assert shared.decide(suggestion, decision, by="tom", text="My own words.").stands
        assert shared.settled(suggestion).outcome is RunOutcome.SUGGESTED
        assert untouched(shared, email, told)

    def test_what_people_would_get_is_written_nowhere_outside(self, shared: Lumen) -> None:
        told = shared.say("lars.holm@example.com", "I want to talk to a person", stage=Stage.READ_ONLY)
        assert told.result.outcome is RunOutcome.HANDED_OFF
        assert shared.replies(told.number) + shared.notes(told.number) == []


class TestAssisted:
    def test_an_approval_does_what_was_shown(self, shared: Lumen) -> None:
        email, told, suggestion = waiting(shared, Stage.ASSISTED)
        assert told.result.outcome is RunOutcome.AWAITING_APPROVAL
        assert untouched(shared, email, told)
        assert shared.decide(suggestion, "approved", by="ana").stands
        assert shared.settled(suggestion).outcome is RunOutcome.RESOLVED
        (refund,) = shared.refunds(email)
        (reply,) = shared.replies(told.number)
        assert refund.ref.id in reply

    def test_an_edit_sends_the_agents_words_with_the_receipt_in_its_place(self, shared: Lumen) -> None:
        email, told, suggestion = waiting(shared, Stage.ASSISTED)
        assert shared.decide(suggestion, "edited", by="ana", text="Done: {{ receipts.0.id }}. Sorry!").stands
        shared.settled(suggestion)
        (refund,) = shared.refunds(email)
        assert shared.replies(told.number) == [f"Done: {refund.ref.id}. Sorry!"]

    @pytest.mark.parametrize("text", ["Done: {{ receipts.7.id }}.", "Done: {{ receipts.0.tracking }}."])
    def test_an_edit_that_names_no_receipt_of_the_plan_is_refused_and_nothing_is_paid(
        self, shared: Lumen, text: str
    ) -> None:
        email, told, suggestion = waiting(shared, Stage.ASSISTED)
        assert not shared.decide(suggestion, "edited", by="ana", text=text).stands
        assert shared.suggestion(told.ticket).state is SuggestionState.PENDING
        assert untouched(shared, email, told)

    def test_an_edit_without_words_counts_for_nothing(self, shared: Lumen) -> None:
        email = shared.customer("double_charge_large")
        told = shared.say(email, TWICE)
        suggestion = shared.suggestion(told.ticket)
        assert not shared.decide(suggestion, "edited", by="tom", text=" \n").stands
        assert not shared.decide(suggestion, "approved", by="ana").stands
        assert shared.suggestion(told.ticket).state is SuggestionState.PENDING
        assert untouched(shared, email, told)

    def test_a_rejection_gives_the_ticket_to_people_with_the_reason(self, shared: Lumen) -> None:
        email, told, suggestion = waiting(shared, Stage.ASSISTED)
        assert shared.decide(suggestion, "rejected", by="ana", text="I know this customer").stands
        result = shared.settled(suggestion)
        assert result.outcome is RunOutcome.HANDED_OFF
        assert result.handoff is not None
        assert "I know this customer" in result.handoff.because
        assert shared.owner(told.ticket) == "queue:support"
        assert len(shared.notes(told.number)) == 1
        assert shared.refunds(email) == []
        assert shared.replies(told.number) == []

    @pytest.mark.parametrize("first", ["approved", "edited", "rejected"])
    def test_the_second_decision_changes_nothing(self, shared: Lumen, first: str) -> None:
        email, told, suggestion = waiting(shared, Stage.ASSISTED)
        assert shared.decide(suggestion, first, by="ana", text="My own words.").stands
        shared.settled(suggestion)
        before = shared.refunds(email), shared.replies(told.number), shared.notes(told.number)
        for decision in ("approved", "edited", "rejected"):
            assert not shared.decide(suggestion, decision, by="tom", text="Others.").stands
        assert (shared.refunds(email), shared.replies(told.number), shared.notes(told.number)) == before

    def test_after_a_refund_elsewhere_nothing_is_paid_and_the_agent_gets_another_suggestion(
        self, shared: Lumen
    ) -> None:
        email, told, suggestion = waiting(shared, Stage.ASSISTED)
        shared.refund_elsewhere(shared.charges(email)[0].ref)
        (by_hand,) = shared.refunds(email)
        assert shared.decide(suggestion, "approved", by="ana").stands
        assert shared.settled(suggestion).outcome is RunOutcome.AWAITING_APPROVAL
        assert shared.refunds(email) == [by_hand]
        assert shared.replies(told.number) == []
        another = shared.suggestion(told.ticket)
        assert another.id != suggestion.id
        assert by_hand.ref.id in another.resolution.reply

    def test_what_was_approved_for_an_older_plan_does_not_count_for_the_new_one(self, shared: Lumen) -> None:
        email, told, suggestion = waiting(shared, Stage.ASSISTED)
        shared.refund_elsewhere(shared.charges(email)[0].ref)
        shared.decide(suggestion, "approved", by="ana")
        shared.settled(suggestion)
        another = shared.suggestion(told.ticket)
        assert not shared.decide(another, "approved", by="ana", seen=suggestion.digest).stands
        assert shared.decide(another, "approved", by="ana").stands
        assert shared.settled(another).outcome is RunOutcome.ANSWERED
        assert len(shared.refunds(email)) == 1
        assert len(shared.replies(told.number)) == 1


def untouched(lumen: Lumen, email: str, told: Told) -> bool:
    outside = lumen.refunds(email), lumen.replies(told.number), lumen.notes(told.number)
    return outside == ([], [], []) and lumen.owner(told.ticket) == "assistant"

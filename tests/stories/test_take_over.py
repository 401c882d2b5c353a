"""A person takes a ticket: from then on the assistant is silent on it, whatever was agreed before."""

import pytest
from tests.stories.lumen import TWICE, Lumen

from deskhand.domain.outcome import RunOutcome
from deskhand.domain.stage import Stage
from deskhand.workflows.take_over import give_back, take_over


def take(lumen: Lumen, ticket: str) -> None:
    take_over(lumen.installation.store, ticket, lumen.installation.people["ana"], lumen.clock())


def give(lumen: Lumen, ticket: str) -> None:
    give_back(lumen.installation.store, ticket, lumen.installation.people["ana"], lumen.clock())


def test_a_message_on_a_taken_ticket_gets_silence(shared: Lumen) -> None:
    email = shared.customer("double_charge_small")
    hello = shared.say(email, "How big can a CSV file be?")
    before = shared.replies(hello.number)
    take(shared, hello.ticket)
    told = shared.say(email, TWICE, hello.number)
    assert (told.result.outcome, told.result.reply) == (RunOutcome.HANDED_OFF, "")
    assert shared.replies(hello.number) == before
    assert shared.refunds(email) == []
    assert shared.owner(hello.ticket) == "ana"


def test_an_approval_on_a_taken_ticket_does_nothing(shared: Lumen) -> None:
    email = shared.customer("double_charge_small")
    told = shared.say(email, TWICE, stage=Stage.ASSISTED)
    suggestion = shared.suggestion(told.ticket)
    take(shared, told.ticket)
    assert shared.decide(suggestion, "approved", by="tom").stands
    assert shared.settled(suggestion).outcome is RunOutcome.HANDED_OFF
    assert shared.refunds(email) == []
    assert shared.replies(told.number) + shared.notes(told.number) == []
    assert shared.owner(told.ticket) == "ana"


def test_an_approved_answer_is_not_sent_on_a_taken_ticket(shared: Lumen) -> None:
    told = shared.say(shared.customer("single_charge"), TWICE, stage=Stage.ASSISTED)
    suggestion = shared.suggestion(told.ticket)
    assert suggestion.resolution.proposals == ()
    take(shared, told.ticket)
    assert shared.decide(suggestion, "approved", by="tom").stands
    shared.settled(suggestion)
    assert shared.replies(told.number) == []


def test_a_rejection_leaves_the_ticket_with_whoever_has_it(shared: Lumen) -> None:
    email = shared.customer("double_charge_small")
    told = shared.say(email, TWICE, stage=Stage.ASSISTED)
    suggestion = shared.suggestion(told.ticket)
    take(shared, told.ticket)
    assert shared.decide(suggestion, "rejected", by="tom").stands
    shared.settled(suggestion)
    assert shared.owner(told.ticket) == "ana"


def test_a_run_that_fails_leaves_the_ticket_with_whoever_has_it(shared: Lumen) -> None:
    email = shared.customer("single_charge")
    told = shared.say(email, "How big can a CSV file be?")
    take(shared, told.ticket)
    shared.network.trouble(f"/tickets/{told.number}", "404")
    with pytest.raises(Exception, match="Missing"):
        shared.say(email, "Are you there?", told.number)
    shared.eventually(lambda: "run.failed" in shared.kinds(told.ticket))
    assert shared.owner(told.ticket) == "ana"


@pytest.mark.parametrize("situation", ["double_charge_small"])
def test_given_back_the_assistant_answers_the_next_message_and_not_those_before(shared: Lumen, situation: str) -> None:
    email = shared.customer(situation)
    hello = shared.say(email, "How big can a CSV file be?")
    take(shared, hello.ticket)
    shared.say(email, "Please show me my recent payments", hello.number)
    give(shared, hello.ticket)
    told = shared.say(email, TWICE, hello.number)
    assert told.result.outcome is RunOutcome.RESOLVED
    assert len(shared.refunds(email)) == 1
    assert len(shared.replies(hello.number)) == 2


def test_each_change_of_hands_is_on_record(shared: Lumen) -> None:
    told = shared.say(shared.customer("single_charge"), "How big can a CSV file be?")
    take(shared, told.ticket)
    give(shared, told.ticket)
    lines = [one for one in shared.installation.queries.timeline(told.ticket) if one.kind == "ticket.given"]
    assert [(one.body["from"], one.body["to"]) for one in lines] == [("assistant", "ana"), ("ana", "assistant")]


def answer_there(lumen: Lumen, number: int, text: str) -> None:
    """An agent writes to the customer in the help desk itself."""
    twin = lumen.installation.systems.zendesk_twin
    assert twin is not None
    twin.annotate(number, text, public=True)


def test_an_agent_who_answers_in_the_help_desk_first_wins(shared: Lumen) -> None:
    email = shared.customer("single_charge")
    told = shared.say(email, "How big can a CSV file be?", stage=Stage.ASSISTED)
    suggestion = shared.suggestion(told.ticket)
    answer_there(shared, told.number, "I am looking into it.")
    assert shared.decide(suggestion, "approved", by="tom").stands
    assert shared.settled(suggestion).outcome is RunOutcome.HANDED_OFF
    assert shared.replies(told.number) == []
    assert shared.owner(told.ticket) == "people:zendesk"
    (given,) = [one for one in shared.installation.queries.timeline(told.ticket) if one.kind == "ticket.given"]
    assert (given.body["by"], given.body["to"]) == ("an agent's message", "people:zendesk")


def test_an_agent_who_wrote_before_the_message_does_not_stop_the_answer_to_it(shared: Lumen) -> None:
    email = shared.customer("single_charge")
    hello = shared.say(email, "How big can a CSV file be?", stage=Stage.READ_ONLY)
    answer_there(shared, hello.number, "100 MB. Anything else?")
    told = shared.say(email, "Which cards do you accept?", hello.number)
    assert told.result.outcome is RunOutcome.ANSWERED
    assert len(shared.replies(hello.number)) == 1
    assert shared.owner(hello.ticket) == "assistant"


def test_a_note_among_agents_is_no_answer(shared: Lumen) -> None:
    told = shared.say(shared.customer("single_charge"), "How big can a CSV file be?", stage=Stage.ASSISTED)
    suggestion = shared.suggestion(told.ticket)
    twin = shared.installation.systems.zendesk_twin
    assert twin is not None
    twin.annotate(told.number, "Is this ours?")
    assert shared.decide(suggestion, "approved", by="tom").stands
    assert shared.settled(suggestion).outcome is RunOutcome.ANSWERED
    assert len(shared.replies(told.number)) == 1


def test_while_the_help_desk_cannot_be_read_no_reply_is_sent_blindly(shared: Lumen) -> None:
    told = shared.say(shared.customer("single_charge"), "How big can a CSV file be?", stage=Stage.ASSISTED)
    suggestion = shared.suggestion(told.ticket)
    shared.network.trouble(f"GET /api/v2/tickets/{told.number}", "silent", times=4)
    answer_there(shared, told.number, "I am looking into it.")
    assert shared.decide(suggestion, "approved", by="tom").stands
    shared.settled(suggestion)
    assert shared.replies(told.number) == []

"""What a model may do while it plans, in both ways of asking: look up for this customer, and ask what policy says."""

import re

import pytest
from tests.llm.desks import MODES, Twin, settled_once
from tests.llm.thoughts import Body, offered, planning, plans, results, uses
from tests.stories.lumen import TWICE, Lumen

from deskhand.domain.outcome import RunOutcome
from deskhand.infrastructure.llm.twin_answers import Answer, answer_to

NOBODY = "somebody.new@example.com"
SINGLE, SMALL, LARGE = "single_charge", "double_charge_small", "double_charge_large"
HAND_OVER = Answer("hand_over", {"reason": "human", "because": "a person should see this"})


@pytest.fixture(scope="module", params=MODES)
def mode(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def lumen(at_work: Lumen, twin: Twin) -> Lumen:
    return at_work


def plan_requests(twin: Twin) -> list[Body]:
    return [body for body in twin.model.heard if planning(body)]


def test_a_model_sees_the_charges_of_the_customer_who_wrote_and_of_nobody_else(lumen: Lumen, twin: Twin) -> None:
    twin.model.think = uses(("billing__charges", {"days": 60}))
    email = lumen.customer(SMALL)
    told = lumen.say(email, TWICE)
    (seen,) = results(plan_requests(twin)[-1])
    mine = {charge.ref.id for charge in lumen.charges(email)}
    assert set(re.findall(r"\bch_\w+", seen)) == mine
    assert "facts billing.charges from stripe" in seen
    assert told.result.outcome is RunOutcome.RESOLVED
    assert len(lumen.refunds(email)) == 1
    settled_once(lumen, told)


@pytest.mark.parametrize(
    ("arguments", "wrong"),
    [
        ({"days": "many"}, "days"),
        ({"days": 0}, "days"),
        ({"days": 100_000}, "days"),
        ({}, "days"),
        ({"days": 60, "customer": "cus_2"}, "customer"),
        ({"days": 60, "email": "maya.chen@example.com"}, "email"),
    ],
)
def test_arguments_that_do_not_fit_are_refused_with_the_reason_and_nothing_is_read(
    lumen: Lumen, twin: Twin, arguments: dict[str, object], wrong: str
) -> None:
    twin.model.think = uses(("billing__charges", arguments), then=lambda body: _then(body, HAND_OVER))
    before = lumen.network.count("stripe GET /v1/charges")
    told = lumen.say(lumen.customer(SINGLE), "What is this?")
    (seen,) = results(plan_requests(twin)[-1])
    assert wrong in seen
    assert "facts billing.charges" not in seen
    assert "ch_" not in seen
    # The one reading is of disputes, for the people who take over.
    assert lumen.network.count("stripe GET /v1/charges") == before + 1
    assert told.result.outcome is RunOutcome.HANDED_OFF


def test_a_customer_whom_nobody_knows_is_looked_up_by_no_tool(lumen: Lumen, twin: Twin) -> None:
    lumen.say(NOBODY, "When is the next payment taken?")
    offers = [offered(body) for body in plan_requests(twin)]
    assert offers
    assert all("search_articles" in one for one in offers)
    assert not any(name.startswith(("billing__", "records__")) for one in offers for name in one)


def test_a_model_that_invents_a_look_up_for_them_learns_nothing(lumen: Lumen, twin: Twin) -> None:
    twin.model.think = uses(("billing__charges", {"days": 60}), then=lambda body: _then(body, HAND_OVER))
    lumen.say(NOBODY, "When is the next payment taken?")
    assert not re.search(r"\bch_", str(plan_requests(twin)[-1]))


def test_a_system_that_does_not_answer_is_told_as_that_and_not_as_nothing_found(lumen: Lumen, twin: Twin) -> None:
    twin.model.think = uses(("billing__charges", {"days": 60}), then=lambda body: _then(body, HAND_OVER))
    email = lumen.customer(SINGLE)
    lumen.network.trouble("stripe GET /v1/charges", "500", times=4)
    told = lumen.say(email, "What is this?")
    lumen.network.troubles.clear()
    (seen,) = results(plan_requests(twin)[-1])
    assert "did not answer" in seen
    assert "facts" not in seen
    settled_once(lumen, told)


def test_what_policy_says_of_a_proposal_comes_back_and_nothing_is_done(lumen: Lumen, twin: Twin) -> None:
    email = lumen.customer(SINGLE)
    charge = lumen.charges(email)[0]
    asked = {"charge": charge.ref.id, "amount": str(charge.amount)}
    twin.model.think = uses(("propose_refund_charge", asked), then=lambda body: _then(body, HAND_OVER))
    told = lumen.say(email, "I want my last payment refunded, please give my money back.")
    (seen,) = results(plan_requests(twin)[-1])
    assert re.search(r"Proposal P\d+: refund_charge .* Verdict: \w+\.", seen)
    assert lumen.refunds(email) == []
    assert told.result.outcome is RunOutcome.HANDED_OFF


def test_a_refund_of_another_customers_charge_is_denied_and_cannot_be_put_into_the_reply(
    lumen: Lumen, twin: Twin
) -> None:
    victim, email = lumen.customer(LARGE), lumen.customer(SMALL)
    charge = lumen.charges(victim)[0]
    asked = {"charge": charge.ref.id, "amount": str(charge.amount)}

    def insists(body: Body) -> Answer:
        named = re.findall(r"Proposal (P\d+): refund_charge \(charge " + charge.ref.id, str(results(body)))
        return _then(body, Answer("reply", {"text": "I have refunded it.", "end": "resolved", "do": named or ["P9"]}))

    twin.model.think = uses(("propose_refund_charge", asked), then=insists)
    told = lumen.say(email, TWICE)
    first, *rest = results(plan_requests(twin)[-1])
    assert "Verdict: deny" in first
    assert any("may not be done" in one for one in rest)
    assert lumen.refunds(victim) == []
    assert "I have refunded it." not in "".join(lumen.replies(told.number))
    settled_once(lumen, told)


@pytest.mark.parametrize(
    ("arguments", "wrong"),
    [
        ({"charge": "ch_1", "amount": 29.0}, "amount"),
        ({"charge": "ch_1", "amount": "29"}, "amount"),
        ({"charge": "ch_1", "amount": "-29.00 USD"}, "amount"),
        ({"charge": "ch_1", "amount": "29.00 USD", "customer": "cus_2"}, "customer"),
    ],
)
def test_an_amount_that_is_none_is_not_even_proposed(
    lumen: Lumen, twin: Twin, arguments: dict[str, object], wrong: str
) -> None:
    twin.model.think = uses(("propose_refund_charge", arguments), then=lambda body: _then(body, HAND_OVER))
    told = lumen.say(lumen.customer(SINGLE), "What is this?")
    (seen,) = results(plan_requests(twin)[-1])
    assert wrong in seen
    assert "Verdict" not in seen
    assert told.result.actions == ()


@pytest.mark.parametrize(
    ("reply", "complaint"),
    [
        ({"do": ["P7"]}, "P7"),
        ({"do": ["refund"]}, "refund"),
        ({"cites": [{"source": "S99", "quote": "anything"}]}, "S99"),
        ({"cites": [{"source": "S1", "quote": "We always refund everything at once."}]}, "does not say"),
        ({"follows": ["made-up-procedure"]}, "made-up-procedure"),
        ({"text": "Done: {{ P3.id }}"}, "P3"),
    ],
)
def test_a_reference_to_what_is_not_there_is_told_and_never_followed(
    lumen: Lumen, twin: Twin, reply: dict[str, object], complaint: str
) -> None:
    wrong = Answer("reply", {"text": "Thank you for writing.", "end": "answered"} | reply)
    twin.model.think = plans(wrong, HAND_OVER)
    told = lumen.say(lumen.customer(SINGLE), "When do you take the next payment?")
    assert any(complaint in one for one in results(plan_requests(twin)[-1]))
    assert told.result.outcome is RunOutcome.HANDED_OFF
    assert told.result.handoff is not None
    assert told.result.handoff.reason == "human"


def test_a_model_that_hands_over_is_heard(lumen: Lumen, twin: Twin) -> None:
    twin.model.think = plans(HAND_OVER)
    told = lumen.say(lumen.customer(SINGLE), "When do you take the next payment?")
    assert told.result.outcome is RunOutcome.HANDED_OFF
    settled_once(lumen, told)


def test_a_model_that_never_stops_using_tools_is_stopped(lumen: Lumen, twin: Twin) -> None:
    twin.model.think = uses(*[("billing__charges", {"days": days}) for days in range(1, 99)])
    email = lumen.customer(SMALL)
    told = lumen.say(email, TWICE)
    assert len(plan_requests(twin)) <= 8
    assert told.result.outcome is RunOutcome.RESOLVED  # by the built-in brain
    assert len(lumen.refunds(email)) == 1
    settled_once(lumen, told)


def _then(body: Body, answer: Answer) -> Answer:
    return answer if planning(body) else answer_to(body)

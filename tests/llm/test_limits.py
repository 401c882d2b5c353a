"""What models may cost on a ticket: at a cap people take over, and what is unknown is told as unknown."""

from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.llm.conftest import Open
from tests.llm.desks import COLOUR, PLENTY, Log, Twin, adapter_of, calls_of, settled_once, using
from tests.stories.asking import FOR_A_PERSON, given_to_people
from tests.stories.lumen import TWICE

from deskhand.domain.outcome import RunOutcome
from deskhand.infrastructure.llm.prices import Price, Prices
from deskhand.infrastructure.llm.question import NoAnswer
from deskhand.infrastructure.llm.twin_answers import Answer
from deskhand.workflows.calls import Calls

BLUE = Answer("colour", {"name": "blue"})
OWN = {"input": 1.0, "cached_input": 0.1, "output": 10.0, "as_of": "2026-01-02"}
PRICE = Price(1.0, 0.1, 10.0, date(2026, 1, 2))
COUNTS = st.integers(0, 10**7)


@pytest.mark.parametrize(
    ("cap", "requests"),
    [
        ({"ticket_calls": 0}, 0),
        ({"ticket_calls": 1}, 1),
        ({"ticket_tokens": 0}, 0),
        ({"ticket_tokens": 1500}, 1),  # the reading needs more than is left for the plan
        ({"ticket_dollars": 0.0}, 0),
        ({"ticket_dollars": 0.000_001}, 1),
    ],
)
def test_at_a_cap_the_ticket_goes_to_people(desk: Open, twin: Twin, cap: dict[str, float], requests: int) -> None:
    lumen = desk(using(twin.name(), prices={"openai-compatible:m": OWN}, **cap))
    email = lumen.customer("double_charge_small")
    told = lumen.say(email, TWICE)
    assert told.result.outcome is RunOutcome.HANDED_OFF
    assert told.result.handoff is not None
    assert told.result.handoff.reason == "budget"
    assert twin.asked == requests
    assert lumen.refunds(email) == []
    settled_once(lumen, told)


def test_what_is_left_shrinks_by_each_call_and_an_unknown_price_counts_as_nothing(desk: Open, twin: Twin) -> None:
    lumen = desk(using(twin.name()))
    told = lumen.say(lumen.customer("double_charge_small"), TWICE)
    made, most = calls_of(lumen, told), lumen.installation.desk.allowance
    left = Calls(lumen.installation.desk, told.ticket, told.message).left()
    assert [call.dollars for call in made] == [None, None]
    assert {call.price for call in made} == {"unknown"}
    assert told.result.model.cost is None
    assert left.calls == most.calls - 2
    assert left.tokens == most.tokens - sum(call.input_tokens + call.output_tokens for call in made)
    assert left.dollars == most.dollars


def test_the_second_message_of_a_ticket_has_what_the_first_left(desk: Open, twin: Twin) -> None:
    lumen = desk(using(twin.name(), ticket_calls=3))
    email = lumen.customer("double_charge_small")
    first = lumen.say(email, TWICE)
    second = lumen.say(email, "When will you take the next payment?", first.number)
    assert first.result.outcome is RunOutcome.RESOLVED
    assert second.result.outcome is RunOutcome.HANDED_OFF
    assert twin.asked == 3


def test_a_spent_ticket_asks_no_other_model_either(twin: Twin) -> None:
    log = Log(replace(PLENTY, calls=0))
    with closing(adapter_of(twin.name(), twin.name("slow"))) as adapter, pytest.raises(NoAnswer, match="budget"):
        adapter.ask(COLOUR, log)
    assert twin.asked == 0
    assert log.noted == []


def test_a_prompt_that_could_not_be_paid_is_not_sent(twin: Twin) -> None:
    long = replace(COLOUR, case="word " * 10_000)
    with closing(adapter_of(twin.name())) as adapter, pytest.raises(NoAnswer, match="budget"):
        adapter.ask(long, Log(replace(PLENTY, tokens=2_000)))
    assert twin.asked == 0


def test_each_call_is_priced_by_the_desks_own_table(twin: Twin) -> None:
    twin.model.think, log = (lambda body: BLUE), Log()
    with closing(adapter_of(twin.name(), prices={"openai-compatible:m": PRICE})) as adapter:
        adapter.ask(COLOUR, log)
    (call,) = log.noted
    assert call.price == "desk.toml 2026-01-02"
    assert call.dollars == pytest.approx((call.input_tokens * 1.0 + call.output_tokens * 10.0) / 1e6)
    assert call.input_tokens > 0 < call.output_tokens


def test_a_failed_call_costs_nothing_and_counts(twin: Twin) -> None:
    log = Log()
    with closing(adapter_of(twin.name("down"))) as adapter, pytest.raises(NoAnswer):
        adapter.ask(COLOUR, log)
    (call,) = log.noted
    assert (call.dollars, call.input_tokens, call.failed) == (0.0, 0, "ModelOverloadedError")


@given(input=COUNTS, share=st.floats(0, 1), output=COUNTS)
def test_cached_tokens_are_a_part_of_the_input_at_their_own_price(input: int, share: float, output: int) -> None:
    cached = int(input * share)
    cost = Prices({"openai:m": PRICE}).cost("openai:m", input=input, cached=cached, output=output)
    assert cost.dollars == pytest.approx((input - cached + cached * 0.1 + output * 10) / 1e6)


def test_the_desks_own_price_beats_a_published_one_and_an_unknown_one_is_none() -> None:
    published = Prices({}).cost("openai:gpt-4o-mini", input=1000, cached=0, output=0)
    assert published.dollars
    assert published.price.startswith("genai-prices ")
    own = Prices({"openai:gpt-4o-mini": PRICE}).cost("openai:gpt-4o-mini", input=1000, cached=0, output=0)
    assert own.dollars == pytest.approx(0.001)
    assert own.price == "desk.toml 2026-01-02"
    for name in ("openai:no-such-model", "openai-compatible:gpt-4o-mini", "nobody:m"):
        unknown = Prices({}).cost(name, input=1000, cached=0, output=0)
        assert (unknown.dollars, unknown.price) == (None, "unknown")


@pytest.mark.parametrize("mood", ["ok", "down"])
@pytest.mark.parametrize("calls", [0, 5])
def test_a_person_comes_whatever_the_model_says_of_it_and_when_nothing_may_be_spent(
    desk: Open, twin: Twin, mood: str, calls: int
) -> None:
    lumen = desk(using(twin.name(mood), ticket_calls=calls))
    email = lumen.customer("double_charge_small")
    told = lumen.say(email, FOR_A_PERSON["en"][1])
    given_to_people(lumen, told)
    assert lumen.refunds(email) == []

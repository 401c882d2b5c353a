"""A decision is written down in full: read again, it comes out the same."""

import json
from datetime import UTC, datetime, timedelta, timezone
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.policy.world import MESSAGE, POLICY, REFUND, REFUND_YAML, load, some_message, some_refund

from deskhand.domain.money import Money
from deskhand.policy.decide import decide, dump
from deskhand.policy.facts import values_of
from deskhand.policy.policy import Decision
from deskhand.policy.recorded import Answer, Record, again, answer, read_facts, record, recorded

MOMENTS = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30))]))
VALUES: dict[type, st.SearchStrategy[Any]] = {
    bool: st.booleans(),
    int: st.integers(-(2**62), 2**62),
    str: st.text(),
    Money: st.builds(Money, st.integers(1 - 10**12, 10**12 - 1), st.sampled_from(["USD", "JPY", "KWD"])),
    datetime: MOMENTS,
    timedelta: st.timedeltas(timedelta(days=-9999), timedelta(days=9999)),
    list[str]: st.lists(st.text()),
}


def written(decision: Decision) -> Record:
    """As the journal's JSON gives it back."""
    found = recorded(json.loads(json.dumps(record(decision))))
    assert found is not None
    return found


@given(st.sampled_from(list(VALUES)).flatmap(lambda kind: st.tuples(st.just(kind), VALUES[kind])))
def test_every_value_reads_back_as_it_was(pair: tuple[type, Any]) -> None:
    kind, value = pair
    found, unread = read_facts(json.loads(json.dumps(dump({"x": value}))), {"x": kind})

    assert (found, unread) == ({"x": value}, ())


@given(st.integers(0, 10**6))
def test_a_recorded_decision_comes_out_the_same(seed: int) -> None:
    random = Random(seed)
    facts = some_refund(random)
    approved = tuple(random.choices(["team_lead", "account_manager"], k=random.randrange(3)))
    own = random.choice(["", "team_lead"])
    refund = decide(
        POLICY, "refund_charge", values_of(facts), currency=facts.refund.currency, approved=approved, own=own
    )
    turn = decide(POLICY, "turn", values_of(some_message(random)))

    for decision in (refund, turn):
        one = written(decision)
        assert again(POLICY, one).decision == decision
        assert again(POLICY, one).answer == one.answer == answer(decision.verdict)
        assert again(POLICY, one).unread == ()


def test_another_fact_or_another_text_comes_out_otherwise() -> None:
    one = written(decide(POLICY, "refund_charge", values_of(REFUND), currency="USD"))
    facts = dict(one.facts) | {"charge.disputed": True}
    strict = load({"refund.yaml": REFUND_YAML.replace("50.00", "10.00")})

    assert one.answer == Answer("allow", "refunds")
    assert str(again(POLICY, Record(**{**vars(one), "facts": facts})).answer) == "escalate by suspicious (risk)"
    assert again(strict, one).answer.effect == "approve"


def test_what_cannot_be_read_and_what_was_not_recorded_is_named() -> None:
    one = written(decide(POLICY, "turn", values_of(MESSAGE)))
    facts = {name: value for name, value in one.facts.items() if name != "talk.turns"}
    facts |= {"now": "yesterday", "weather": "rain", "talk.failed": True}

    found = again(POLICY, Record(**{**vars(one), "facts": facts}))

    assert found.unread == ("now", "talk.failed", "weather")
    assert {"talk.turns", "talk.failed"} <= set(found.unrecorded)
    assert "talk.requests" not in found.unrecorded  # no rule asks for it


@pytest.mark.parametrize("lost", ["facts", "currency", "approved", "own", "policy", "who", "effect"])
def test_a_line_that_lacks_something_is_no_record(lost: str) -> None:
    body = record(decide(POLICY, "turn", values_of(MESSAGE)))

    assert recorded(body) is not None
    assert recorded({name: value for name, value in body.items() if name != lost}) is None

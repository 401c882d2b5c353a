"""Properties of the decision rule, whatever the facts."""

from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.policy.oracle import Runs
from tests.policy.permits import runs, with_rules
from tests.policy.world import POLICY, some_message, some_refund

from deskhand.domain.verdict import Allow, Approve
from deskhand.policy.decide import decide
from deskhand.policy.facts import SignalFacts, values_of
from deskhand.policy.policy import Rule, RuleEffect

seeds = st.integers(0, 2**32)
few = settings(max_examples=200, deadline=None)


def no_more(less: Runs, more: Runs) -> bool:
    """Whether the first permits nothing that the second does not: more roles is less."""
    return less is None or (more is not None and less >= more)


@few
@given(seeds, st.data())
def test_forgetting_facts_never_permits_more(seed: int, data: st.DataObject) -> None:
    refund = some_refund(Random(seed))
    facts, currency = values_of(refund), refund.refund.currency
    gone = data.draw(st.sets(st.sampled_from(sorted(facts)), max_size=4))
    fewer = {name: value for name, value in facts.items() if name not in gone}

    assert no_more(runs(POLICY, "refund_charge", fewer, currency), runs(POLICY, "refund_charge", facts, currency))


@few
@given(seeds)
def test_the_order_of_rules_never_decides_whether_an_action_runs(seed: int) -> None:
    random = Random(seed)
    refund = some_refund(random)
    facts, currency = values_of(refund), refund.refund.currency
    rules = POLICY.chapters["refund_charge"].rules
    shuffled = with_rules("refund_charge", random.sample(rules, len(rules)))

    assert runs(shuffled, "refund_charge", facts, currency) == runs(POLICY, "refund_charge", facts, currency)


@few
@given(seeds)
def test_another_restriction_never_permits_more(seed: int) -> None:
    random = Random(seed)
    refund = some_refund(random)
    facts, currency = values_of(refund), refund.refund.currency
    rules = POLICY.chapters["refund_charge"].rules
    fewer = with_rules("refund_charge", [r for r in rules if r.effect is RuleEffect.ALLOW or random.random() < 0.7])

    assert no_more(runs(POLICY, "refund_charge", facts, currency), runs(fewer, "refund_charge", facts, currency))


@few
@given(seeds, st.booleans(), st.text(max_size=9), st.lists(st.text(max_size=9), max_size=3))
def test_no_opinion_permits_what_the_other_rules_do_not(seed: int, human: bool, mood: str, risks: list[str]) -> None:
    facts = values_of(replace(some_message(Random(seed)), signal=SignalFacts(human, mood, "normal", "en", risks)))
    hard = [rule for rule in POLICY.chapters["turn"].rules if not rests_on_opinion(rule)]

    assert no_more(runs(POLICY, "turn", facts, None), runs(with_rules("turn", hard), "turn", facts, None))


@few
@given(seeds, st.sets(st.sampled_from(["agent", "team_lead", "account_manager"])))
def test_an_approval_only_ever_takes_away_roles_that_are_asked_for(seed: int, approved: set[str]) -> None:
    refund = some_refund(Random(seed))
    facts, currency = values_of(refund), refund.refund.currency
    before = runs(POLICY, "refund_charge", facts, currency)
    verdict = decide(POLICY, "refund_charge", facts, currency=currency, approved=frozenset(approved)).verdict

    match verdict:
        case Allow():
            assert before is not None
            assert before <= approved
        case Approve(_, by):
            assert before is not None
            assert set(by) == before - approved
        case _:
            assert before is None


def rests_on_opinion(rule: Rule) -> bool:
    return any(name.startswith("signal.") for one in rule.when for name in one.expression.names)

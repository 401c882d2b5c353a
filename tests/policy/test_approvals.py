"""Who must approve: so many people of a role, and never whoever asked for it where four eyes are wanted."""

import pytest
from tests.policy.world import REFUND, load

from deskhand.domain.verdict import Allow, Approve, Deny, Verdict, in_words, people_wanted
from deskhand.policy.decide import decide
from deskhand.policy.explain import explain
from deskhand.policy.facts import values_of
from deskhand.policy.policy import Decision

ALLOW = "  - {id: refunds, on: refund_charge, effect: allow}\n"
PLAIN = "{id: one, on: refund_charge, effect: approve, by: lead}"
TWO = "{id: two, on: refund_charge, effect: approve, by: lead, count: 2}"
APART = "{id: apart, on: refund_charge, effect: approve, by: lead, four_eyes: true, say: Look twice.}"
OTHER = "{id: other, on: refund_charge, effect: approve, by: agent}"


def asked(*rules: str, approved: tuple[str, ...] = (), own: str = "") -> Decision:
    text = "roles: [lead, agent]\nrules:\n" + "".join(f"  - {rule}\n" for rule in rules) + ALLOW
    policy = load({"f": text})
    return decide(policy, "refund_charge", values_of(REFUND), currency="USD", approved=approved, own=own)


@pytest.mark.parametrize(
    ("rules", "approved", "own", "expected"),
    [
        ([TWO], (), "", ("lead", "lead")),
        ([TWO], ("lead",), "", ("lead",)),
        ([TWO], ("lead", "lead"), "", None),
        ([TWO], ("agent", "lead"), "", ("lead",)),
        ([PLAIN, TWO], (), "", ("lead", "lead")),
        ([PLAIN, TWO], ("lead",), "", ("lead",)),
        ([TWO, OTHER], (), "", ("lead", "lead", "agent")),
        ([PLAIN], (), "lead", None),
        ([PLAIN], (), "agent", ("lead",)),
        ([TWO], ("lead",), "lead", None),
        ([APART], (), "lead", ("lead",)),
        ([APART], ("lead",), "lead", None),
        ([PLAIN, APART], (), "lead", ("lead",)),
    ],
)
def test_as_many_people_are_wanted_as_the_rule_that_wants_most_says(
    rules: list[str], approved: tuple[str, ...], own: str, expected: tuple[str, ...] | None
) -> None:
    verdict = asked(*rules, approved=approved, own=own).verdict

    assert (verdict.by if isinstance(verdict, Approve) else None) == expected
    assert isinstance(verdict, Allow if expected is None else Approve)


def test_four_eyes_are_told_while_they_are_wanting_and_no_longer() -> None:
    assert asked(APART, OTHER, own="lead").verdict == Approve("apart", ("lead", "agent"), "Look twice.", four_eyes=True)
    assert asked(APART, OTHER, approved=("lead",)).verdict == Approve("other", ("agent",))


def test_an_explanation_says_how_many_and_that_whoever_asked_is_none_of_them() -> None:
    told = explain(asked(TWO, APART, OTHER)).splitlines()[0]

    assert told == "approve by two: lead (2 people) and agent, and whoever asked for it is none of them"


def test_what_is_done_together_takes_as_many_as_its_part_that_wants_most() -> None:
    parts: list[Verdict] = [
        Approve("a", ("lead",)),
        Deny("b", "no"),
        Approve("c", ("agent", "lead", "lead")),
        Allow("d"),
    ]

    assert sorted(people_wanted(parts)) == ["agent", "lead", "lead"]
    assert in_words(people_wanted(parts)) == "lead (2 people) and agent"

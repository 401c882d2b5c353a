"""The stage decides who opens the door, and can only make things stricter."""

from hypothesis import given
from hypothesis import strategies as st

from deskhand.domain.stage import Stage
from deskhand.domain.verdict import Allow, Approve, Confirm, Deny, Escalate, Verdict
from deskhand.rollout.release import Door, door
from deskhand.rollout.stage import Rollout

VERDICTS: st.SearchStrategy[Verdict] = st.sampled_from(
    [Allow("a"), Approve("b", ("agent",)), Confirm("c", "Sure?"), Deny("d", "No."), Escalate("e", "risk", "No.")]
)
STRICTNESS = [Door.NOBODY, Door.AGENT, Door.ASSISTANT]


def test_what_is_not_named_is_read_only() -> None:
    assert Rollout().stage(["duplicate-charge"]) is Stage.READ_ONLY


def test_two_requests_get_the_least_trusted_stage() -> None:
    rollout = Rollout(Stage.READ_ONLY, {"a": Stage.AUTONOMOUS, "b": Stage.ASSISTED})
    assert rollout.stage(["a"]) is Stage.AUTONOMOUS
    assert rollout.stage(["a", "b"]) is Stage.ASSISTED
    assert rollout.stage(["a", "b", "c"]) is Stage.READ_ONLY


@given(st.lists(VERDICTS), st.sampled_from(Stage), st.sampled_from(Stage))
def test_less_trust_never_opens_a_door_wider(verdicts: list[Verdict], one: Stage, other: Stage) -> None:
    less, more = sorted([one, other], key=lambda stage: stage.trust)
    assert STRICTNESS.index(door(verdicts, less)) <= STRICTNESS.index(door(verdicts, more))


@given(st.lists(VERDICTS))
def test_read_only_opens_for_nobody_and_an_approval_needs_an_agent(verdicts: list[Verdict]) -> None:
    assert door(verdicts, Stage.READ_ONLY) is Door.NOBODY
    needs_agent = any(isinstance(one, Approve) for one in verdicts)
    assert (door(verdicts, Stage.AUTONOMOUS) is Door.AGENT) == needs_agent

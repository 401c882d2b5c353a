"""The rollout of desk.toml decides for messages that come in by themselves; nobody's silence lasts for ever."""

from dataclasses import replace
from pathlib import Path

from tests.stories.lumen import TWICE, as_written, opened

from deskhand.domain.outcome import RunOutcome
from deskhand.domain.stage import Stage
from deskhand.domain.suggestion import SuggestionState
from deskhand.settings import Settings

BRIEF = 0.00005  # hours


def brief(settings: Settings) -> Settings:
    """As written, but agents have a moment only."""
    waiting = settings.table.waiting.model_copy(update={"suggestion_hours": BRIEF})
    return replace(settings, table=settings.table.model_copy(update={"waiting": waiting}))


def test_each_message_gets_the_stage_of_its_procedure(folder: Path) -> None:
    with opened(folder, as_written) as lumen:
        assisted = lumen.say(lumen.customer("double_charge_small"), TWICE)
        careful = lumen.say(lumen.customer("single_charge"), "please show me my recent payments")
        assert lumen.suggestion(assisted.ticket).stage is Stage.ASSISTED
        assert lumen.suggestion(careful.ticket).stage is Stage.READ_ONLY
        assert lumen.network.count("POST") == lumen.network.count("PUT") == 0


def test_after_a_change_of_policy_an_approval_of_before_does_nothing_and_is_asked_for_again(folder: Path) -> None:
    with opened(folder, as_written) as lumen:
        email = lumen.customer("double_charge_small")
        told = lumen.say(email, TWICE)
        suggestion = lumen.suggestion(told.ticket)
    policy = folder / "policies" / "billing.yaml"
    policy.write_text(policy.read_text("utf-8").replace("lead: {USD: 500.00", "lead: {USD: 400.00"), "utf-8")
    with opened(folder, as_written) as lumen:
        assert lumen.suggestion(told.ticket) == suggestion
        assert lumen.decide(suggestion, "approved", by="tom").stands
        assert lumen.settled(suggestion).outcome is RunOutcome.AWAITING_APPROVAL
        assert lumen.refunds(email) == []
        assert lumen.replies(told.number) == []
        another = lumen.suggestion(told.ticket)
        assert another.digest != suggestion.digest
        assert lumen.decide(another, "approved", by="tom").stands
        assert lumen.settled(another).outcome is RunOutcome.RESOLVED
        assert len(lumen.refunds(email)) == 1


def test_when_nobody_decides_in_time_people_get_the_ticket_and_a_late_approval_does_nothing(folder: Path) -> None:
    with opened(folder, brief) as lumen:
        email = lumen.customer("double_charge_small")
        told = lumen.say(email, TWICE)
        suggestion = lumen.suggestion(told.ticket)
        result = lumen.settled(suggestion)
        assert result.outcome is RunOutcome.HANDED_OFF
        assert result.handoff is not None
        assert result.handoff.because == "nobody decided in time"
        assert lumen.owner(told.ticket) == "queue:support"
        assert len(lumen.notes(told.number)) == 1
        late = lumen.decide(suggestion, "approved", by="tom")
        assert (late.stands, late.why) == (False, f"Already {SuggestionState.EXPIRED}: nothing was changed.")
        assert lumen.refunds(email) == []
        assert lumen.replies(told.number) == []


def test_where_policy_wants_two_people_one_person_alone_starts_nothing(folder: Path) -> None:
    policy = folder / "policies" / "billing.yaml"
    text = (
        policy.read_text("utf-8")
        .replace("roles: [", "roles: [agent, ")
        .replace("by: team_lead", "by: agent\n    count: 2")
    )
    policy.write_text(text, "utf-8")
    with opened(folder, as_written) as lumen:
        email = lumen.customer("double_charge_large")
        suggestion = lumen.suggestion(lumen.say(email, TWICE).ticket)
        assert suggestion.roles == ("agent", "agent")
        assert suggestion.wants == "agent (2 people)"
        first = lumen.decide(suggestion, "approved", by="tom")
        assert (first.stands, first.why) == (
            True,
            "Noted; it still needs the approval of agent. Nothing was done yet.",
        )
        assert not lumen.decide(suggestion, "approved", by="tom").stands
        assert lumen.refunds(email) == []
        assert lumen.decide(suggestion, "approved", by="ana").stands
        assert lumen.settled(suggestion).outcome is RunOutcome.RESOLVED
        assert len(lumen.refunds(email)) == 1

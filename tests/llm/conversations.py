"""A customer writes twice on one ticket, and what must be true afterwards whatever the model did."""

from tests.stories.lumen import TWICE, Lumen, Told

from deskhand.domain.outcome import RunOutcome

LATER = "When will you take the next payment from my card?"
GOOD = (RunOutcome.RESOLVED, RunOutcome.ANSWERED, RunOutcome.ASKED, RunOutcome.HANDED_OFF)


def conversation(lumen: Lumen) -> tuple[str, Told, Told]:
    email = lumen.customer("double_charge_small")
    first = lumen.say(email, TWICE)
    return email, first, lumen.say(email, LATER, first.number)


def ended_once_each(lumen: Lumen, email: str, first: Told, second: Told) -> None:
    assert first.result.outcome is RunOutcome.RESOLVED
    assert second.result.outcome in GOOD
    assert len(lumen.refunds(email)) == 1
    assert len(lumen.replies(first.number)) == 2
    ended = [one for one in lumen.installation.queries.timeline(first.ticket) if one.kind == "message.ended"]
    assert [one.body["message"] for one in ended] == [first.message, second.message]
    assert lumen.open_effects(first.ticket) == []

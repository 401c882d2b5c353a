"""Two models disagree: one wrote a reply, and the other finds no source for a sentence of it."""

from collections.abc import Iterator

import pytest
from tests.llm.conftest import Open
from tests.llm.desks import Twin, calls_of, settled_once, using
from tests.llm.thoughts import Body, planning, told
from tests.stories.lumen import TWICE, Lumen, Told

from deskhand.domain.outcome import RunOutcome
from deskhand.infrastructure.llm.twin_answers import Answer, answer_to

QUESTION = "How do I invite people to my workspace?"
FIRST = "Owners and admins can invite people."
BETTER = "Enter one or more e-mail addresses, up to 20 at once."


def judging(body: Body) -> bool:
    return told(body).startswith("You check")


def reply(lines: str) -> Answer:
    cites = [{"source": "S1", "quote": line} for line in lines.splitlines()]
    return Answer("reply", {"text": lines, "end": "answered", "cites": cites})


@pytest.fixture
def lumen(desk: Open, twin: Twin) -> Lumen:
    return desk(using(twin.name("writer"), judge=twin.name("judge")))


def disagree(twin: Twin, *drafts: str, against: str) -> None:
    """The writer gives these drafts one after the other; the judge is always against this sentence."""
    given: Iterator[str] = iter(drafts)

    def think(body: Body) -> Answer:
        if judging(body):
            return Answer("judgement", {"unsupported": [against] if against in told(body) else []})
        return reply(next(given)) if planning(body) else answer_to(body)

    twin.model.think = think


def asked(lumen: Lumen, story: Told) -> list[str]:
    return [str(call.purpose) for call in calls_of(lumen, story)]


def refused(lumen: Lumen, story: Told) -> list[list[str]]:
    """What kinds of fault each draft was sent back for."""
    timeline = lumen.installation.queries.timeline(story.ticket)
    return next(line.body["refused"] for line in timeline if line.kind == "message.considered")


def test_what_the_second_model_is_against_is_written_anew_and_sent(lumen: Lumen, twin: Twin) -> None:
    disagree(twin, FIRST, BETTER, against=FIRST)
    story = lumen.say(lumen.customer("single_charge"), QUESTION)
    assert story.result.outcome is RunOutcome.ANSWERED
    (letter,) = lumen.replies(story.number)
    assert BETTER in letter
    assert FIRST not in letter
    assert asked(lumen, story) == ["read", "plan", "judge", "plan", "judge"]
    revising = [told(body) for body in twin.model.heard if planning(body)][1]
    assert f"a second model finds no source for: {FIRST!r}" in revising
    settled_once(lumen, story)


def test_what_it_is_against_twice_goes_to_people_and_is_never_sent(lumen: Lumen, twin: Twin) -> None:
    disagree(twin, FIRST, f"{FIRST}\n{BETTER}", against=FIRST)
    story = lumen.say(lumen.customer("single_charge"), QUESTION)
    assert story.result.outcome is RunOutcome.HANDED_OFF
    assert story.result.handoff is not None
    assert story.result.handoff.reason == "ungrounded"
    assert asked(lumen, story) == ["read", "plan", "judge", "plan", "judge"]
    assert refused(lumen, story) == [["judged"], ["judged"]]
    assert FIRST not in "".join(lumen.replies(story.number))
    settled_once(lumen, story)


def test_the_same_draft_again_is_judged_as_before_without_being_asked_about(lumen: Lumen, twin: Twin) -> None:
    disagree(twin, FIRST, FIRST, against=FIRST)
    story = lumen.say(lumen.customer("single_charge"), QUESTION)
    assert story.result.outcome is RunOutcome.HANDED_OFF
    assert asked(lumen, story) == ["read", "plan", "judge", "plan"]


def test_a_sentence_that_is_not_in_the_reply_is_no_objection(lumen: Lumen, twin: Twin) -> None:
    twin.model.think = lambda body: (
        Answer("judgement", {"unsupported": ["We give everything back."]}) if judging(body) else answer_to(body)
    )
    story = lumen.say(lumen.customer("single_charge"), QUESTION)
    assert story.result.outcome is RunOutcome.ANSWERED
    assert asked(lumen, story) == ["read", "plan", "judge"]


def test_a_judge_that_does_not_answer_stops_nothing(desk: Open, twin: Twin) -> None:
    lumen = desk(using(twin.name("writer"), judge=twin.name("down")))
    story = lumen.say(lumen.customer("single_charge"), QUESTION)
    assert story.result.outcome is RunOutcome.ANSWERED
    assert twin.model.moods == {"writer": 2, "down": 1}
    settled_once(lumen, story)


def test_what_a_receipt_will_tell_reaches_the_judge_as_what_follows(lumen: Lumen, twin: Twin) -> None:
    email = lumen.customer("double_charge_small")
    story = lumen.say(email, TWICE)
    (judged,) = (told(body) for body in twin.model.heard if judging(body))
    assert "[id follows]" in judged
    assert "{{" not in judged.partition("<data reply>")[2]
    assert story.result.outcome is RunOutcome.RESOLVED
    assert len(lumen.refunds(email)) == 1


def test_an_objection_to_a_sentence_with_a_receipt_counts(lumen: Lumen, twin: Twin) -> None:
    def think(body: Body) -> Answer:
        if not judging(body):
            return answer_to(body)
        said = told(body).partition("<data reply>\n")[2]
        return Answer("judgement", {"unsupported": [next(line for line in said.splitlines() if "follows]" in line)]})

    twin.model.think = think
    email = lumen.customer("double_charge_small")
    story = lumen.say(email, TWICE)
    assert story.result.outcome is RunOutcome.HANDED_OFF
    assert lumen.refunds(email) == []

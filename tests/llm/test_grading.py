"""A model judges what was sent, after the ticket has closed: kept, and heard only once it agrees with people."""

from dataclasses import replace
from datetime import timedelta

from tests.llm.conftest import Open
from tests.llm.desks import Change, Twin, calls_of, using
from tests.llm.thoughts import Body, told
from tests.stories.lumen import TWICE, Lumen, Told

from deskhand.infrastructure.llm.twin_answers import Answer, answer_to
from deskhand.measurement.quality.graded import KINDS, grades, quality
from deskhand.settings import QualityTable, Settings
from deskhand.workflows.check_quality import check_quality
from deskhand.workflows.close_quiet import close_quiet


def judging(twin: Twin) -> Change:
    def change(settings: Settings) -> Settings:
        made = using(twin.name())(settings)
        return replace(made, table=made.table.model_copy(update={"quality": QualityTable(judge=True)}))

    return change


def think(verdict: str, *, supported: bool) -> object:
    def answer(body: Body) -> Answer:
        if told(body).startswith("You grade"):
            return Answer("grade", {"verdict": verdict, "supported": supported})
        return answer_to(body)

    return answer


def checked(lumen: Lumen, story: Told) -> None:
    for _ in lumen.clock.past([timedelta(days=4, hours=9)] * 3):
        close_quiet(lumen.installation.desk)
    check_quality(lumen.installation.desk, story.ticket)


def test_each_reply_is_judged_once_and_the_verdict_is_kept_and_not_heard(desk: Open, twin: Twin) -> None:
    lumen = desk(judging(twin))
    twin.model.think = think("wrong", supported=False)  # type: ignore[assignment]
    story = lumen.say(lumen.customer("double_charge_small"), TWICE)
    assert [str(call.purpose) for call in calls_of(lumen, story)].count("judge") == 0, "nothing waits for it"
    checked(lumen, story)
    check_quality(lumen.installation.desk, story.ticket)
    timeline = lumen.installation.queries.timeline(story.ticket)
    (line,) = [one for one in timeline if one.kind == "quality.judged"]
    assert (line.body["verdict"], line.body["hallucinated"]) == ("wrong", True)
    assert [str(call.purpose) for call in calls_of(lumen, story)].count("judge") == 1
    figures = quality(grades(lumen.installation.queries.of_kinds(KINDS)), {}, kappa=0.6, pairs=50)
    assert (figures.judge.arm, figures.findings, figures.assistant.accuracy.of) == (None, [], 0)


def test_a_judge_that_cannot_tell_leaves_no_verdict(desk: Open, twin: Twin) -> None:
    lumen = desk(judging(twin))
    twin.model.think = think("cannot_tell", supported=True)  # type: ignore[assignment]
    story = lumen.say(lumen.customer("double_charge_small"), TWICE)
    checked(lumen, story)
    kinds = lumen.kinds(story.ticket)
    assert "quality.judged" not in kinds
    assert "quality.checked" in kinds

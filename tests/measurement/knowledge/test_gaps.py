"""Questions without an answer: counted from the journal, told in words that can be erased."""

import pytest
from tests.measurement.knowledge.desk import Desk, Overlap

from deskhand.measurement.knowledge.gaps import Gaps, gaps

HOSTING = "Can we host it on our own servers"


def of(desk: Desk, least: int = 2) -> Gaps:
    return gaps(desk.past.ended.values(), desk.questions, Overlap().groups, least=least)


def test_a_desk_without_questions_has_no_gap() -> None:
    assert of(Desk()) == Gaps((), 0, 0, 0)


def test_questions_of_one_meaning_are_one_gap_with_how_they_ended() -> None:
    desk = Desk()
    desk.ended("handed_off", HOSTING, reason="no_source").ended("handed_off", f"{HOSTING} please", reason="unforeseen")
    desk.ended("asked", f"{HOSTING} today").ended("handed_off", "Do you sell cheese", reason="no_source")
    found = of(desk)

    assert (found.unanswered, found.alone) == (4, 1)
    (gap,) = found.found
    assert (gap.count, gap.why) == (3, {"no_source": 1, "unforeseen": 1, "asked": 1})
    assert (gap.title, gap.tickets) == (HOSTING, ("t1", "t2", "t3"))
    assert (gap.last - gap.first).days == 2


@pytest.mark.parametrize(
    ("outcome", "reason", "procedures"),
    [("answered", "", ()), ("handed_off", "asked", ()), ("handed_off", "rule", ()), ("asked", "", ("invoice",))],
)
def test_what_was_answered_or_asked_within_a_procedure_is_no_gap(
    outcome: str, reason: str, procedures: tuple[str, ...]
) -> None:
    desk = Desk().ended(outcome, HOSTING, reason=reason, procedures=procedures)

    assert of(desk, least=1).unanswered == 0


def test_a_message_that_found_its_answer_later_is_no_gap() -> None:
    desk = Desk().ended("handed_off", HOSTING, ticket="a", reason="no_source").ended("answered", HOSTING, ticket="a")

    assert of(desk, least=1).unanswered == 0


def test_the_outline_has_each_question_once() -> None:
    trial = "How long is my trial with all the features"
    desk = Desk().ended("handed_off", trial, reason="no_source").ended("handed_off", trial, reason="no_source")
    desk.ended("handed_off", f"{trial} and dashboards now please", reason="no_source")
    (gap,) = of(desk).found

    assert gap.outline == (trial, f"{trial} and dashboards now please")
    assert gap.examples == (trial, f"{trial} and dashboards now please")


def test_erased_words_are_counted_and_never_told() -> None:
    desk = Desk().ended("handed_off", HOSTING, reason="no_source").ended("handed_off", HOSTING, reason="no_source")
    desk.questions.clear()

    assert of(desk) == Gaps((), unanswered=2, alone=0, wordless=2)


def test_what_is_shown_is_made_fit_for_others() -> None:
    desk = Desk().ended("asked", "I am Maya").ended("asked", "I am Maya")
    found = gaps(
        desk.past.ended.values(),
        desk.questions,
        Overlap().groups,
        least=2,
        shown=lambda text: text.replace("Maya", "[name]"),
    )

    assert "Maya" not in str(found)
    assert found.found[0].title == "I am [name]"

"""Words on another ticket: which open question they answer, and what was named before. In doubt nothing is taken."""

import pytest
from tests.understanding.test_take_up import KNOWN, asked, followed, heard

from deskhand.domain.outcome import RunOutcome
from deskhand.domain.standing import THE_CODE
from deskhand.domain.understanding import Kind, Request
from deskhand.understanding.move import Before, answers_elsewhere, known_elsewhere, refers_back

OPEN = Before(asked("late", "order"), open=True, asking=True)
ENDED = Before(asked("late", "", RunOutcome.ANSWERED, order_number="5521"), open=False, asking=False)
LATE = Request("where is it", Kind.PROCEDURE, "late", 0.9)


@pytest.mark.parametrize(
    "text",
    [
        "As I wrote in the chat, it is late",
        "like we already told you",
        "I already asked this",
        "any news?",
        "I am still waiting",
        "Wie schon geschrieben: es fehlt",
        "gibt es etwas Neues?",
        "comme je l'ai déjà écrit",
        "como ya le escribí",
    ],
)
def test_some_words_speak_of_an_earlier_conversation(text: str) -> None:
    assert refers_back(text)


@pytest.mark.parametrize("text", ["where is my order", "Can I chat with you?", "as soon as possible", "good news!"])
def test_others_do_not(text: str) -> None:
    assert not refers_back(text)


def test_a_number_answers_the_one_question_that_asks_for_it() -> None:
    found = answers_elsewhere("5521", heard("5521"), [OPEN], KNOWN)

    assert found is not None
    assert followed(found[0]) == [("late", {"order_number": "5521"})]
    assert found[1] == 0


@pytest.mark.parametrize(
    "before",
    [
        (),
        (OPEN, OPEN),
        (Before(OPEN.standing, open=True, asking=False),),
        (Before(asked("late", THE_CODE), open=True, asking=True),),
        (ENDED,),
    ],
)
def test_with_none_or_several_to_answer_it_answers_nothing(before: tuple[Before, ...]) -> None:
    assert answers_elsewhere("5521", heard("5521"), before, KNOWN) is None


def test_words_answer_a_question_for_words_only_when_they_speak_of_it() -> None:
    told = Before(asked("story", "what"), open=True, asking=True)

    assert answers_elsewhere("the window broke", heard("the window broke"), [told], KNOWN) is None
    back = "as I said, the window broke"
    found = answers_elsewhere(back, heard(back), [told], KNOWN)
    assert found is not None
    assert followed(found[0]) == [("story", {"what": back})]


@pytest.mark.parametrize(
    ("text", "before", "taken"),
    [
        ("where is it", Before(ENDED.standing, open=True, asking=False), True),
        ("where is it", ENDED, False),
        ("as I wrote already, where is it", ENDED, True),
        ("any news?", Before(asked("late", "", order_number="[order 1]"), open=True, asking=False), False),
        ("any news?", Before(asked("paid", "", order_number="5521"), open=True, asking=False), False),
    ],
)
def test_what_was_named_is_taken_from_what_is_open_or_spoken_of(text: str, before: Before, taken: bool) -> None:
    now, used = known_elsewhere(text, heard(text, LATE), [before], KNOWN)

    assert followed(now) == [("late", {"order": "5521"} if taken else {})]
    assert used == ({"order": 0} if taken else {})


def test_what_is_named_now_stands() -> None:
    now = heard("order 7788", Request("order 7788", Kind.PROCEDURE, "late", 0.9, slots={"order_number": "7788"}))

    assert known_elsewhere("any news?", now, [ENDED], KNOWN) == (now, {})

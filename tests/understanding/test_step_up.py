"""What goes on when a code comes back: what waited, what was asked beside it, and nothing after a no."""

import pytest

from deskhand.domain.outcome import RunOutcome
from deskhand.domain.standing import THE_CODE, Standing
from deskhand.domain.understanding import Kind, Request, Sentiment, Understanding, Urgency
from deskhand.understanding.step_up import go_on

WAITED = Request("charged twice", Kind.PROCEDURE, "duplicate-charge", 0.9, slots={"amount": "29"})
STANDING = Standing(RunOutcome.ASKED, "de", THE_CODE, (WAITED,))
QUESTION = Request("how big can a file be", Kind.QUESTION, None, 0.8)
LONG = "and while we are at it, could you please tell me how big a file can be"


def heard(*requests: Request, no: bool = False, human: bool = False) -> Understanding:
    small = Request("here", Kind.SMALL_TALK, None, 1.0)
    return Understanding(
        "en", requests or (small,), Sentiment.CALM, Urgency.NORMAL, (), wants_human=human, says_no=no, says_yes=True
    )


def test_what_waited_goes_on_with_all_that_was_named() -> None:
    now = go_on("[code]", heard(), STANDING)
    assert (now.requests, now.language, now.says_yes) == ((WAITED,), "de", False)


def test_a_few_words_beside_a_code_ask_for_nothing_else() -> None:
    assert go_on("here is the code: [code], thanks", heard(QUESTION), STANDING).requests == (WAITED,)


def test_what_is_asked_beside_it_in_many_words_is_answered_too() -> None:
    assert go_on(f"[code] {LONG}", heard(QUESTION), STANDING).requests == (WAITED, QUESTION)


def test_the_same_request_is_not_done_twice_over() -> None:
    again = Request("charged twice", Kind.PROCEDURE, "duplicate-charge", 0.7)
    assert go_on(f"[code] {LONG}", heard(again), STANDING).requests == (WAITED,)


@pytest.mark.parametrize("text", ["no [code]", "[code] but don't do it", "Nein, nicht! [code]", "ne pas faire [code]"])
def test_nothing_goes_on_beside_a_word_of_refusal(text: str) -> None:
    assert go_on(text, heard(), STANDING) == heard()


def test_nothing_goes_on_beside_a_no_or_a_wish_for_a_person_or_without_anything_that_waited() -> None:
    for now in (heard(no=True), heard(human=True)):
        assert go_on("[code]", now, STANDING) == now
    assert go_on("[code]", heard(), None) == heard()

"""What is thanks and nothing else, and what an agent writes that answers nothing: by fixed lists, in doubt not."""

import pytest

from deskhand.understanding.courtesies import says_something, thanks_only


@pytest.mark.parametrize(
    "text",
    [
        *("Thanks!", "thank you so much", "Thanks a lot, great support", "ok thx", "Perfect, thank you for your help."),
        *("Vielen Dank für die schnelle Hilfe!", "merci beaucoup", "Muchas gracias por su ayuda", "grazie mille", "🙏"),
    ],
)
def test_thanks_say_nothing_else(text: str) -> None:
    assert thanks_only(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "yes", "ok", "great", "Thanks, but it still does not work", "thanks for nothing", "Thanks?", "no thanks"),
        *("Thank you. Where is my refund", "danke, aber es geht nicht", "merci mais non", "thanks " * 20),
    ],
)
def test_in_doubt_it_is_a_message(text: str) -> None:
    assert not thanks_only(text)


@pytest.mark.parametrize(
    "text",
    [
        *("Hi Maya,", "Hello!\n\nThanks for your message. I'm looking into it.", "One moment please", "Dear Mr Chen"),
        *("We will get back to you shortly.", "Hi Ada,\nplease bear with us.\nBest regards", ""),
    ],
)
def test_a_greeting_and_the_word_that_somebody_will_look_answer_nothing(text: str) -> None:
    assert not says_something(text)


@pytest.mark.parametrize("text", ["Hi Maya, your refund is on its way.", "Your invoice is attached.", "Which order?"])
def test_everything_else_does(text: str) -> None:
    assert says_something(text)

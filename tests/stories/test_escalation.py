"""What gives a message to people, and what just does not: each trigger of Lumen's policy, and a little below it."""

import pytest
from tests.stories.lumen import Lumen, Told

from deskhand.domain.handoff import Handoff
from deskhand.domain.stage import Stage

CARDS = "Which cards do you accept?"
INVOICE = "Please send me my last invoice again."
FURIOUS = "I am absolutely furious, this is outrageous! {}"
QUESTIONS = (
    "How many people can I have on Starter?",
    "What does the Team plan cost per month?",
    "Which currencies can I pay in?",
    "How do I schedule a monthly report for people without an account?",
    "How do I export my data?",
    "What is a calculated field?",
    "How can I reach support?",
    "My invite link has expired, what now?",
    "How big can a CSV file be?",
    "Where can I change my time zone for reports?",
    "Which plan do I have and when is it renewed?",
)


def say(desk: Lumen, email: str, text: str, number: int | None = None) -> Told:
    return desk.say(email, text, number, Stage.AUTONOMOUS)


def given(desk: Lumen, told: Told, rule: str, to: str) -> Handoff:
    """The packet of a message that this rule gave to that queue, and of which people read the same."""
    packet = told.result.handoff
    assert packet is not None, told.result
    assert (told.result.outcome, packet.queue, desk.owner(told.ticket)) == ("handed_off", to, f"queue:{to}")
    assert packet.because.startswith(f"policy rule {rule} on the message itself: ")
    assert any(packet.because in note for note in desk.notes(told.number))
    assert len(desk.replies(told.number)) >= 1
    return packet


def kept(desk: Lumen, told: Told) -> None:
    """The assistant has it still."""
    assert told.result.outcome != "handed_off", told.result.handoff
    assert desk.owner(told.ticket) == "assistant"


@pytest.mark.parametrize(
    ("text", "rule", "to"),
    [
        ("My lawyer will sue you over this invoice.", "not-for-a-machine", "specialist"),
        ("I will call the newspaper and tell a journalist about it.", "not-for-a-machine", "specialist"),
        ("The charger caught fire and somebody could get hurt.", "not-for-a-machine", "specialist"),
        ("I do not want to live any more.", "not-for-a-machine", "specialist"),
        ("Somebody stole my card and pays you with it, this is fraud.", "money-or-privacy-at-risk", "risk"),
        ("I can see another customer's data in my account.", "money-or-privacy-at-risk", "risk"),
        ("Can I talk to a human please?", "wants-a-person", "support"),
        ("Out of office: I am away until Monday and will answer then.", "a-machine-writes", "support"),
    ],
)
def test_a_subject_for_people_goes_to_them_with_the_words_that_show_it(
    shared: Lumen, text: str, rule: str, to: str
) -> None:
    packet = given(shared, say(shared, shared.customer("single_charge"), text), rule, to)
    assert '("' in packet.because or rule == "a-machine-writes"
    assert packet.reason == {"wants-a-person": "asked", "a-machine-writes": "loop"}.get(rule, "rule")


@pytest.mark.parametrize(
    "text",
    [
        "Is your legal address on the invoice?",
        "Do you have a press kit with your logo?",
        "Is it safe to store my card with you?",
        "Who is the person named on my invoice?",
    ],
)
def test_a_word_of_such_a_subject_alone_does_not(shared: Lumen, text: str) -> None:
    packet = say(shared, shared.customer("single_charge"), text).result.handoff
    assert packet is None or packet.reason in ("no_source", "unforeseen"), packet


@pytest.mark.parametrize("mood", [FURIOUS, "If this is not sorted out we will move to a competitor. {}"])
def test_an_angry_or_leaving_customer_goes_to_the_account_manager_where_there_is_one(shared: Lumen, mood: str) -> None:
    packet = given(
        shared, say(shared, shared.customer("enterprise"), mood.format(CARDS)), "angry-and-important", "accounts"
    )
    assert "customer.tier is enterprise" in packet.because
    kept(shared, say(shared, shared.customer("single_charge"), mood.format(CARDS)))


def test_an_unclear_wish_of_an_important_customer_is_not_asked_about(shared: Lumen) -> None:
    unclear = "It is about the thing with the other one from before."
    packet = given(shared, say(shared, shared.customer("enterprise"), unclear), "important-and-unclear", "accounts")
    assert "signal.confidence is " in packet.because
    told = say(shared, shared.customer("single_charge"), unclear)
    assert told.result.handoff is None or "important-and-unclear" not in told.result.handoff.because


def test_whoever_grows_ever_more_upset_gets_a_person_in_the_third_message(shared: Lumen) -> None:
    email = shared.customer("single_charge")
    first = say(shared, email, CARDS)
    kept(shared, first)
    second = say(shared, email, f"This is a bit annoying. {QUESTIONS[0]}", first.number)
    kept(shared, second)
    third = say(shared, email, FURIOUS.format(QUESTIONS[1]), first.number)
    assert "signal.rising is True" in given(shared, third, "ever-more-upset", "support").because


def test_whoever_is_more_upset_in_the_second_message_is_answered(shared: Lumen) -> None:
    email = shared.customer("single_charge")
    first = say(shared, email, f"This is a bit annoying. {QUESTIONS[0]}")
    kept(shared, first)
    kept(shared, say(shared, email, FURIOUS.format(QUESTIONS[1]), first.number))


def test_the_fourth_ticket_of_a_month_on_the_same_thing_goes_to_a_specialist(shared: Lumen) -> None:
    email = shared.customer("single_charge")
    for _ in range(3):
        kept(shared, say(shared, email, INVOICE))
    packet = given(shared, say(shared, email, INVOICE), "again-and-again", "specialist")
    assert "talk.contacts is 4" in packet.because


def test_the_fourth_ticket_on_something_else_is_answered(shared: Lumen) -> None:
    email = shared.customer("single_charge")
    for _ in range(3):
        kept(shared, say(shared, email, INVOICE))
    kept(shared, say(shared, email, CARDS))


def test_five_wishes_at_once_go_to_people_and_four_do_not(shared: Lumen) -> None:
    wishes = [
        "Which cards do you accept?",
        "Please send me my last invoice again.",
        "How do I export my data?",
        "How can I add a team member?",
        "Do you offer a discount for yearly payment?",
    ]
    packet = given(
        shared, say(shared, shared.customer("single_charge"), "\n".join(wishes)), "many-things-at-once", "support"
    )
    assert "talk.requests is 5" in packet.because
    four = say(shared, shared.customer("single_charge"), "\n".join(wishes[:4]))
    assert four.result.handoff is None or "many-things-at-once" not in four.result.handoff.because


def test_the_eleventh_message_is_answered_and_the_twelfth_goes_to_people(shared: Lumen) -> None:
    email, number = shared.customer("single_charge"), None
    for question in QUESTIONS:
        told = say(shared, email, question, number)
        number = told.number
        kept(shared, told)
    packet = given(shared, say(shared, email, CARDS, number), "going-in-circles", "support")
    assert "talk.turns is 12" in packet.because

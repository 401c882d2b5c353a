"""Whoever asks for a person gets one with this message: nothing else is done, and the reply says so in their words."""

from datetime import timedelta

import pytest
from tests.stories.asking import FOR_A_PERSON, for_people, given_to_people
from tests.stories.lumen import TWICE, Lumen

from deskhand.domain.outcome import RunOutcome
from deskhand.domain.pause import DESK
from deskhand.domain.phrases import PHRASES
from deskhand.domain.stage import Stage
from deskhand.workflows.pause import pause, resume

OWN_WORDS = "Of course. A colleague will answer you here; they see everything you wrote."
CANCEL = "please cancel my subscription"


@pytest.mark.parametrize("language", FOR_A_PERSON)
@pytest.mark.parametrize("beside", [False, True], ids=["alone", "beside a refund"])
def test_a_person_comes_in_each_language_and_no_refund_is_made(shared: Lumen, language: str, beside: bool) -> None:
    email = shared.customer("double_charge_small")
    told = shared.say(email, FOR_A_PERSON[language][beside])
    given_to_people(shared, told)
    assert shared.refunds(email) == []
    (reply,) = shared.replies(told.number)
    assert (OWN_WORDS if language == "en" else PHRASES[language].passing_on) in reply
    assert any("asked" in note or "wants-a-person" in note for note in shared.notes(told.number))


@pytest.mark.parametrize("word", ["human", "agent", "Mensch!", "conseiller", "operador", "medewerker", "OPERATORE"])
def test_one_word_is_enough(shared: Lumen, word: str) -> None:
    given_to_people(shared, shared.say("lars.holm@example.com", word))


def test_a_colleague_who_was_talked_to_is_no_wish_for_one(shared: Lumen) -> None:
    email = shared.customer("double_charge_small")
    told = shared.say(email, f"Your agent was very kind yesterday. {TWICE}")
    assert told.result.outcome is RunOutcome.RESOLVED
    assert len(shared.refunds(email)) == 1


def test_it_ends_a_question_that_waits_for_a_yes(shared: Lumen) -> None:
    email = shared.customer("single_charge")
    first = shared.say(email, CANCEL)
    assert first.result.outcome is RunOutcome.ASKED
    told = shared.say(email, "yes, but let me talk to a person first", first.number)
    given_to_people(shared, told)
    assert "confirmation.given" not in shared.kinds(told.ticket)
    assert shared.subscription(email).cancels_at is None


def test_it_ends_a_question_which_of_two_is_meant(shared: Lumen) -> None:
    email = shared.customer("single_charge")
    first = shared.say(email, "payment")
    assert first.result.outcome is RunOutcome.ASKED
    given_to_people(shared, shared.say(email, "the first, no, just give me a human", first.number))


def test_it_stops_what_an_unfinished_run_would_have_done_next(shared: Lumen) -> None:
    """Two messages at once: the second waits for the first to end, and is then honoured."""
    email = shared.customer("double_charge_small")
    first = shared.write(email, "How big can a CSV file be?")
    second = shared.write(email, "i want to speak to a human", shared.number(first))
    assert shared.deliver(first).status_code == shared.deliver(second).status_code == 202
    shared.told(first)
    given_to_people(shared, shared.told(second))


def test_a_stranger_gets_a_person_too(shared: Lumen) -> None:
    told = shared.say("nobody@nowhere.example", "quiero hablar con una persona")
    given_to_people(shared, told)
    assert PHRASES["es"].passing_on in shared.replies(told.number)[0]


def test_a_flagged_customer_gets_the_person_whom_their_flag_calls_for(shared: Lumen) -> None:
    world = shared.installation.systems.world
    assert world is not None
    told = shared.say(next(one.email for one in world().people if one.flagged), "quiero hablar con una persona")
    assert told.result.outcome is RunOutcome.HANDED_OFF
    assert shared.owner(told.ticket) == "queue:risk"
    assert PHRASES["es"].passing_on in shared.replies(told.number)[0]


def test_outside_office_hours_and_at_night_as_well(shared: Lumen) -> None:
    saturday = timedelta(days=(5 - shared.clock().weekday()) % 7 or 7, hours=3)
    shared.clock.ahead += saturday
    try:
        given_to_people(shared, shared.say("lars.holm@example.com", "ik wil een medewerker spreken"))
    finally:
        shared.clock.ahead -= saturday


def test_in_assisted_the_ticket_goes_to_people_and_nothing_is_said_for_them(shared: Lumen) -> None:
    told = shared.say(shared.customer("single_charge"), FOR_A_PERSON["de"][0], stage=Stage.ASSISTED)
    given_to_people(shared, told)
    assert shared.replies(told.number) == []
    assert len(shared.notes(told.number)) == 1


def test_in_read_only_the_handoff_is_shown_and_nothing_is_written_outside(shared: Lumen) -> None:
    told = shared.say(shared.customer("single_charge"), FOR_A_PERSON["fr"][0], stage=Stage.READ_ONLY)
    for_people(told.result)
    assert shared.replies(told.number) + shared.notes(told.number) == []


def test_while_the_desk_is_paused_people_get_it_all_the_same(shared: Lumen) -> None:
    pause(shared.installation.store, DESK, by="ana", why="a drill", now=shared.clock())
    try:
        given_to_people(shared, shared.say(shared.customer("single_charge"), FOR_A_PERSON["it"][0]))
    finally:
        resume(shared.installation.store, DESK, by="ana", now=shared.clock())


def test_a_message_that_is_very_long_is_heard_to_its_end(shared: Lumen) -> None:
    story = "The board was exported and it looked fine to us. " * 200
    given_to_people(shared, shared.say(shared.customer("single_charge"), f"{story} I want a human."))

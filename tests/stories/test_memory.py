"""A conversation has a memory: answers, corrections, former tickets, circles, and the language it is held in."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest
from tests.stories.lumen import TWICE, WAIT, Lumen, Told, opened

from deskhand.domain.outcome import RunOutcome
from deskhand.domain.ref import Ref
from deskhand.domain.stage import Stage
from deskhand.domain.ticket import Author
from deskhand.entrypoints.conversation import written
from deskhand.workflows.take_in import run_key, take_in

CANCEL = "please cancel my subscription"
CANCELLED = "stripe POST /v1/subscriptions"
PARCEL = """id: parcel
title: Where a parcel is
when: The customer waits for a parcel of printed reports.
examples:
  - where is my parcel with the printed reports
  - my printed reports have not arrived
  - track my parcel
  - when does the parcel arrive
  - the parcel is late
  - has my package been shipped
requires: [customer.verified]
slots:
  order: {kind: order_number, ask: "Which order is it? Please tell me its number."}
steps:
  - when: slot.order == "5521"
    say: This parcel is at the post office.
    end: answered
  - say: This parcel is at your neighbour's.
    end: answered
"""
AT_THE_OFFICE, AT_THE_NEIGHBOURS, WHICH = "at the post office", "at your neighbour's", "Which order is it?"


@pytest.fixture(scope="module")
def desk(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lumen]:
    """Lumen with a procedure that has to ask for something."""
    folder = copytree(prepared, tmp_path_factory.mktemp("memory") / "desk")
    (folder / "procedures" / "parcel.yaml").write_text(PARCEL, "utf-8")
    with opened(folder) as lumen:
        yield lumen


def talk(desk: Lumen, *texts: str) -> list[Told]:
    """One conversation of a customer whom nobody has met."""
    email, told = desk.customer("single_charge" if texts[0] == CANCEL else "double_charge_large"), list[Told]()
    for text in texts:
        told.append(desk.say(email, text, told[0].number if told else None))
    return told


# -- answers and corrections ------------------------------------------------------------------------------


def test_an_answer_to_our_question_is_understood_as_such(desk: Lumen) -> None:
    asked, answered = talk(desk, "where is my parcel?", "5521")

    assert (asked.result.outcome, WHICH in asked.result.reply) == (RunOutcome.ASKED, True)
    assert (answered.result.outcome, AT_THE_OFFICE in answered.result.reply) == (RunOutcome.ANSWERED, True)


def test_an_answer_above_its_quoted_question_is_understood_as_well(desk: Lumen) -> None:
    email = desk.customer("double_charge_large")
    asked = desk.say(email, "where is my parcel?")
    quoted = "\n".join(f"> {line}" for line in desk.replies(asked.number)[0].splitlines())

    told = desk.say(email, f"5521\n\nOn 3 Nov 2026, Lumen <support@lumen.example> wrote:\n{quoted}", asked.number)

    assert AT_THE_OFFICE in told.result.reply
    assert [one.quote for one in told.result.requests] == ["5521"]


def test_a_correction_takes_up_the_request_with_what_is_meant(desk: Lumen) -> None:
    _, first, second = talk(desk, "where is my parcel?", "it's 7788", "no, order 5521 instead")

    assert AT_THE_NEIGHBOURS in first.result.reply
    assert AT_THE_OFFICE in second.result.reply
    assert AT_THE_NEIGHBOURS not in second.result.reply


def test_the_one_of_two_that_we_asked_about_is_chosen_and_taken_back(desk: Lumen) -> None:
    asked, first, other = talk(desk, "payment", "the first", "no, the other one")

    assert asked.result.outcome is RunOutcome.ASKED
    assert [one.procedure for one in first.result.requests] == ["unknown-charge"]
    assert [one.procedure for one in other.result.requests] == ["charge-history"]


def test_a_correction_withdraws_the_question_and_a_later_yes_permits_nothing(desk: Lumen) -> None:
    before = desk.network.count(CANCELLED)
    asked, corrected, yes = talk(desk, CANCEL, "no, not that one", "yes")

    assert asked.result.actions[0].verdict.effect == "confirm"
    assert corrected.result.outcome is RunOutcome.ASKED
    assert "Which one do you mean" in corrected.result.reply
    assert corrected.result.actions == yes.result.actions == ()
    assert "confirmation.refused" in desk.kinds(asked.ticket)
    assert "confirmation.given" not in desk.kinds(asked.ticket)
    assert desk.network.count(CANCELLED) == before


def test_what_the_correction_means_and_no_procedure_can_do_goes_to_people(desk: Lumen) -> None:
    *_, told = talk(desk, CANCEL, "no, not that one", "the one from March")

    assert told.result.handoff is not None
    assert "March" in told.result.handoff.because


def test_a_yes_in_another_language_is_one_and_the_conversation_keeps_its_own(desk: Lumen) -> None:
    _, told = talk(desk, CANCEL, "Oui, merci")

    assert (told.result.outcome, told.result.language) == (RunOutcome.RESOLVED, "en")


@pytest.mark.parametrize("text", ["yes but only next year", "yes?", "yes, refund it", "tak"])
def test_what_may_not_be_a_yes_cancels_nothing(desk: Lumen, text: str) -> None:
    before = desk.network.count(CANCELLED)

    asked, _ = talk(desk, CANCEL, text)

    assert desk.network.count(CANCELLED) == before
    assert "confirmation.given" not in desk.kinds(asked.ticket)


def test_a_yes_that_was_sent_before_our_question_is_none_to_it(desk: Lumen) -> None:
    email, before = desk.customer("single_charge"), desk.network.count(CANCELLED)
    first = desk.write(email, CANCEL)
    second = desk.write(email, "yes", desk.number(first))

    for signed in (first, second):
        assert desk.deliver(signed).status_code == 202
        told = desk.told(signed)

    assert desk.network.count(CANCELLED) == before
    assert "confirmation.given" not in desk.kinds(told.ticket)


def test_an_answer_to_a_colleague_answers_nothing_of_ours(desk: Lumen) -> None:
    email, hosted = desk.customer("double_charge_large"), desk.installation.conversations
    first = written(desk.installation, "where is my parcel?", email=email, channel="chat")
    second = replace(first, id="m2", message="m2")
    ticket = Ref.parse(first.ticket)

    take_in(desk.installation.store, first)
    asked = desk.installation.wait(run_key(first), WAIT)
    hosted.say(ticket, "a1", "This is Ana. How many people are in your team?", author=Author.AGENT)
    hosted.say(ticket, "m2", "about 5521")
    take_in(desk.installation.store, second)
    told = desk.installation.wait(run_key(second), WAIT)

    assert WHICH in asked.reply
    assert [one.procedure for one in told.requests] == [None]


# -- former tickets ---------------------------------------------------------------------------------------


def test_people_learn_what_was_done_on_a_former_ticket_and_of_nobody_elses(desk: Lumen) -> None:
    email, other = desk.customer("double_charge_small"), desk.customer("double_charge_small")
    refunded = desk.say(email, TWICE).result.actions[0].receipt
    desk.say(other, TWICE)
    assert refunded is not None

    told = desk.say(email, "can you translate our website into Latin?").result.handoff
    stranger = desk.say(desk.customer("single_charge"), "can you translate our website into Latin?").result.handoff

    assert told is not None
    assert stranger is not None
    former = [line for line in told.tried if line.startswith("before this ticket")]
    assert len(former) == 1
    assert "charged twice" in former[0]
    assert refunded.id in former[0]
    assert not any(line.startswith("before this ticket") for line in stranger.tried)


# -- circles ----------------------------------------------------------------------------------------------


def test_the_same_question_is_not_asked_a_third_time(desk: Lumen) -> None:
    *asked, last = talk(desk, "where is my parcel?", "track my parcel", "the parcel is late")

    assert all(WHICH in one.result.reply for one in asked)
    assert last.result.handoff is not None
    assert last.result.handoff.reason == "loop"


def test_a_message_that_comes_again_and_again_goes_to_people(desk: Lumen) -> None:
    *_, last = talk(desk, *["How big may a CSV file be?"] * 3)

    assert last.result.handoff is not None
    assert last.result.handoff.reason == "loop"


@pytest.mark.parametrize("text", ["Automatic reply: I am away until 3 May", "Abwesenheitsnotiz: bis Montag nicht da"])
def test_a_machine_gets_one_word_and_then_silence(desk: Lumen, text: str) -> None:
    first, second = talk(desk, text, text)

    assert first.result.handoff is not None
    assert first.result.handoff.reason == "loop"
    assert len(desk.replies(first.number)) == 1
    assert second.result.reply == ""


@pytest.mark.parametrize("opening", ["Hello!", CANCEL, "How big may a CSV file be?", "payment", "where is my refund?"])
def test_two_assistants_that_answer_each_other_come_to_an_end(desk: Lumen, opening: str) -> None:
    here, there = desk.customer("single_charge"), desk.customer("double_charge_small")
    words, tickets, turns = opening, dict[str, int](), 0
    while words and turns < 20:
        email = (here, there)[turns % 2]
        told = desk.say(email, words, tickets.get(email))
        tickets[email], words, turns = told.number, told.result.reply, turns + 1

    assert turns <= 10, "an exchange that nobody reads"
    assert any(desk.owner(f"zendesk:ticket:{number}").startswith("queue:") for number in tickets.values())


# -- languages --------------------------------------------------------------------------------------------


def test_a_german_message_is_handed_off_in_german(desk: Lumen) -> None:
    (told,) = talk(desk, "Guten Tag, ich wurde diesen Monat zweimal belastet. Bitte erstatten Sie mir eine Zahlung.")

    assert (told.result.language, told.result.outcome) == ("de", RunOutcome.HANDED_OFF)
    assert told.result.handoff is not None
    assert told.result.handoff.reason == "language"
    assert "the message is in de" in told.result.handoff.tried[0]
    (letter,) = desk.replies(told.number)
    assert letter.startswith("Guten Tag ")
    assert "an eine Kollegin oder einen Kollegen weiter" in letter
    assert "colleague" not in letter


def test_a_short_answer_in_a_german_conversation_is_german_too(desk: Lumen) -> None:
    email = desk.customer("double_charge_large")
    first = desk.say(email, "Wo finde ich meine Rechnung für Oktober?", stage=Stage.READ_ONLY)
    second = desk.say(email, "5521", first.number, stage=Stage.READ_ONLY)

    assert (first.result.language, second.result.language) == ("de", "de")


def test_a_plain_no_is_answered_in_the_language_of_the_conversation(desk: Lumen) -> None:
    _, told = talk(desk, CANCEL, "Nein, danke")

    assert told.result.language == "en"
    assert "I have not changed anything" in told.result.reply

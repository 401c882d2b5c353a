"""Each rule of quality finds what it is for, in a conversation that would be clean without it, and nothing else."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from deskhand.measurement.quality.checks import CHECKS, VERSIONS, run
from deskhand.measurement.quality.talk import ASSISTANT, PEOPLE, Asked, Claimed, Reply, Talk, Turn

EN = frozenset({"en"})


def reply(text: str, by: str = ASSISTANT, message: str = "1", **more: Any) -> Reply:
    return replace(Reply(message, by, text, EN), **more)


def turn(*replies: Reply, **more: Any) -> Turn:
    made = Turn("1", "Where is my refund?", "en", outcome="answered", citations=1, replies=replies)
    return replace(made, **more)


def talk(*turns: Turn, complete: bool = True) -> Talk:
    return Talk("t", turns, complete)


def found(one: Talk) -> set[str]:
    return {id for id, remarks in run(one, VERSIONS.keys()).items() if remarks}


GOOD = reply("Refunds take 5 to 10 business days. Yours is on its way since 3 November 2026.")
CLEAN = talk(turn(GOOD))
CANCELS = "Please confirm: cancel your Pro subscription on 3 December 2026."
GOES_ON = "Your subscription goes on as before; tell me if you would like to cancel it."
REFUND = Asked("where is my refund", about=frozenset({"refund", "payment"}))
INVITE = Asked("how do I invite Bob", about=frozenset({"invite", "workspace", "people"}))
VOW = Claimed("promise", "I will look into it")
DEED = Claimed("deed", "I have refunded", "refunded")


def test_a_good_conversation_is_clean() -> None:
    assert found(CLEAN) == set()


@pytest.mark.parametrize(
    ("id", "bad", "good"),
    [
        ("source", turn(GOOD, citations=0), turn(GOOD, citations=0, procedures=("refund-status",))),
        ("source", turn(GOOD, citations=0), turn(GOOD, citations=0, done=frozenset({"refunded"}))),
        ("unanswered", turn(GOOD, asked=(REFUND, INVITE)), turn(GOOD, asked=(REFUND, REFUND))),
        ("unanswered", turn(GOOD, asked=(REFUND, INVITE)), turn(GOOD, asked=(INVITE,))),
        ("deed", turn(reply("I have refunded you.", claims=(DEED,))), turn(GOOD)),
        (
            "deed",
            turn(reply("I have refunded you.", claims=(DEED,))),
            turn(reply("I have refunded you.", claims=(DEED,)), done=frozenset({"refunded"})),
        ),
        (
            "promise",
            turn(reply("I will look into it.", claims=(VOW,)), citations=0, procedures=("a",)),
            turn(
                reply("I will look into it.", claims=(VOW,)),
                reply("It is solved now.", PEOPLE, "2"),
                citations=0,
                procedures=("a",),
            ),
        ),
        (
            "promise",
            turn(reply("I will look into it.", claims=(VOW,)), citations=0, procedures=("a",)),
            turn(reply("We are adding capacity.", claims=(VOW,))),
        ),
        (
            "promise",
            turn(reply("I will look into it.", PEOPLE, claims=(VOW,))),
            turn(reply("I will look into it.", PEOPLE, claims=(replace(VOW, ours=False),))),
        ),
        ("late-handoff", turn(GOOD, wants_person=True), turn(GOOD, wants_person=True, people=True)),
        ("late-handoff", turn(GOOD, wants_person=True), turn(reply("Ana here.", PEOPLE, "2"), wants_person=True)),
        (
            "policy",
            turn(reply("Refunds are only possible within a month."), citations=0, procedures=("a",)),
            turn(reply("Refunds are only possible within a month.")),
        ),
        (
            "policy",
            turn(reply("By our policy this cannot be done."), citations=0, procedures=("a",)),
            turn(reply("By our policy this cannot be done."), citations=0, denied=1),
        ),
        ("no-reply", turn(), turn(outcome="thanks")),
        (
            "language",
            turn(
                reply("Ihre Erstattung ist seit dem dritten November unterwegs zu Ihnen.", languages=frozenset({"de"}))
            ),
            turn(
                reply("Ihre Erstattung ist seit dem dritten November unterwegs zu Ihnen.", languages=frozenset({"de"})),
                language="de",
            ),
        ),
        ("stock", turn(reply("I understand your frustration. It is on its way.")), turn(GOOD)),
        ("stock", turn(reply("Wir entschuldigen uns für die Unannehmlichkeiten.")), turn(GOOD)),
        (
            "tone",
            turn(reply("Great news! It is on its way."), angry=True),
            turn(reply("Great news! It is on its way.")),
        ),
        ("tone", turn(reply("As I already said, it is on its way."), angry=True), turn(GOOD, angry=True)),
        ("contradiction", turn(reply(f"{CANCELS} {GOES_ON}")), turn(reply(CANCELS))),
        ("contradiction", turn(reply(f"{CANCELS} {GOES_ON}")), turn(reply(f"I refunded you. {GOES_ON}"))),
        (
            "contradiction",
            turn(reply("Your refund has been refunded. We cannot refund this payment.")),
            turn(reply("It has been refunded. Until then everything works as before.")),
        ),
    ],
)
def test_each_rule_finds_its_fault_and_leaves_its_neighbour_alone(id: str, bad: Turn, good: Turn) -> None:
    assert id in found(talk(bad))
    assert id not in found(talk(good))


def test_a_question_is_repeated_only_after_the_customer_wrote() -> None:
    asks = reply("Which payment do you mean? Tell me its date.")
    twice = talk(turn(asks, outcome="asked"), turn(replace(asks, message="2"), outcome="asked", message="2"))
    assert found(twice) == {"repeated"}
    assert found(talk(turn(asks, asks, outcome="asked"))) == set()


def test_who_did_not_reply_cannot_be_told_where_the_conversation_was_not_read() -> None:
    assert found(talk(turn(), complete=False)) == set()


@pytest.mark.parametrize("change", [lambda one: one, lambda one: replace(one, by=PEOPLE, message="9")])
def test_a_remark_names_whose_words_they_are(change: Callable[[Reply], Reply]) -> None:
    bad = change(reply("Rest assured, it is on its way to you since Tuesday."))
    (remark,) = run(talk(turn(bad)), ["stock"])["stock"]
    assert (remark.by, remark.message) == (bad.by, bad.message)


def test_every_rule_has_an_id_of_its_own_a_version_and_a_definition() -> None:
    assert len({one.id for one in CHECKS}) == len(CHECKS) == 12
    assert all(one.version >= 1 and one.definition.endswith(".") for one in CHECKS)

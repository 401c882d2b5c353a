"""Every call can be made again from its line and its kept words, and a crash asks nothing twice."""

import json
import re
from contextlib import closing
from datetime import timedelta

import pytest
from tests.llm.desks import COLOUR, MODES, NATIVE, Colour, Log, Twin, adapter_of, calls_of
from tests.llm.thoughts import Body, planning, told, uses
from tests.stories.lumen import TWICE, Lumen, Told

from deskhand.domain.stage import Stage
from deskhand.domain.thread import NOTHING_SAID
from deskhand.infrastructure.llm.question import NoAnswer
from deskhand.infrastructure.llm.twin_answers import Answer
from deskhand.workflows.consider import consider
from deskhand.workflows.hear import hear

QUESTION = "When will you take the next payment?"
CARD, PASSWORD = "4111 1111 1111 1111", "Tr0ub4dor-and-3"
SHA256 = re.compile(r"[0-9a-f]{64}")


@pytest.fixture(scope="module", params=MODES)
def mode(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def stories(at_work: Lumen, twin: Twin) -> list[Told]:
    """Customers in other situations, with other words."""
    asked = [("double_charge_small", TWICE), ("single_charge", QUESTION), ("single_charge", "Please cancel my plan.")]
    return [at_work.say(at_work.customer(situation), text, stage=Stage.ASSISTED) for situation, text in asked]


def head(body: Body) -> str:
    """What a provider sees first: the tools, then the system text."""
    tools = {name: body[name] for name in ("tools", "response_format", "tool_choice") if name in body}
    return json.dumps([tools, body["messages"][0]])


def test_all_that_comes_first_is_the_same_letter_for_letter_for_every_message(stories: list[Told], twin: Twin) -> None:
    for kind in (True, False):
        bodies = [body for body in twin.model.heard if planning(body) is kind]
        assert len(bodies) == len(stories)
        assert len({head(body) for body in bodies}) == 1
        assert len({str(body["messages"][1:]) for body in bodies}) == len(bodies)
        assert {body["messages"][0]["role"] for body in bodies} <= {"system", "developer"}
        assert {message["role"] for body in bodies for message in body["messages"][1:]} == {"user"}


def test_each_line_in_the_journal_tells_what_the_call_was_made_from(
    at_work: Lumen, stories: list[Told], mode: str
) -> None:
    desk = at_work.installation.desk
    for story in stories:
        timeline = at_work.installation.queries.timeline(story.ticket)
        lines = [one.body for one in timeline if one.kind == "model.called"]
        assert [line["purpose"] for line in lines] == ["read", "plan"]
        for line in lines:
            assert SHA256.fullmatch(line["prompt"])
            assert SHA256.fullmatch(line["question"])
            assert line["policy"] == desk.policy.digest
            assert line["model"] == ("openai:m" if mode == NATIVE else "openai-compatible:m")
            for one in line["procedures"]:
                name, _, digest = one.partition("@")
                assert desk.procedures[name].digest.startswith(digest)
                assert len(digest) == 12
    prompts = {line.prompt for story in stories for line in calls_of(at_work, story) if line.purpose == "plan"}
    assert len(prompts) == 1


def test_a_turn_is_read_again_from_its_kept_words_without_a_server(
    at_work: Lumen, stories: list[Told], twin: Twin
) -> None:
    before = twin.asked
    for story, text in zip(stories, (TWICE, QUESTION, "Please cancel my plan."), strict=True):
        with at_work.installation.store.begin() as tx:
            words = {digest: (question, answer) for digest, question, answer in tx.models.words(story.ticket)}
        assert list(words) == [call.question for call in calls_of(at_work, story)]
        assert text in next(iter(words.values()))[0]
        log = Log(words=words)
        understood = at_work.installation.desk.reader.read(text, NOTHING_SAID, log)
        assert [one.quote for one in understood.requests] == [one.quote for one in story.result.requests]
        assert log.noted == []
    assert twin.asked == before


def test_what_was_answered_before_a_crash_is_not_asked_again_after_it(at_work: Lumen, twin: Twin) -> None:
    desk = at_work.installation.desk
    story = at_work.say(at_work.customer("single_charge"), "How do I invite people?", stage=Stage.ASSISTED)
    before, lines = twin.asked, len(calls_of(at_work, story))
    heard = hear(desk, story.ticket, story.message)
    again = consider(desk, heard, {}, Stage.ASSISTED)
    assert again.resolution is not None
    assert again.resolution.reply == story.result.reply
    assert (twin.asked, len(calls_of(at_work, story))) == (before, lines)


def test_after_a_crash_of_some_minutes_the_same_look_ups_make_the_same_question(at_work: Lumen, twin: Twin) -> None:
    twin.model.think = uses(("billing__charges", {"days": 60}))
    story = at_work.say(at_work.customer("double_charge_small"), TWICE, stage=Stage.ASSISTED)
    before, desk = twin.asked, at_work.installation.desk
    later = timedelta(minutes=7)
    same_day = (at_work.clock() + later).date() == at_work.clock().date()
    at_work.clock.ahead = later if same_day else -later
    again = consider(desk, hear(desk, story.ticket, story.message), {}, Stage.ASSISTED)
    at_work.clock.ahead = timedelta()
    assert again.resolution is not None
    assert twin.asked == before


def test_a_question_is_answered_from_the_log_even_when_nothing_is_left_to_spend(twin: Twin, mode: str) -> None:
    twin.model.think, log = (lambda body: Answer("colour", {"name": "blue"})), Log()
    with closing(adapter_of(twin.name("ok", mode))) as adapter:
        adapter.ask(COLOUR, log)
        log.most = type(log.most)(0, 0, 0.0)
        assert adapter.ask(COLOUR, log) == Colour(name="blue")
        with pytest.raises(NoAnswer, match="budget"):
            adapter.ask(COLOUR, Log(log.most))
    assert twin.asked == 1


def test_a_card_number_and_a_password_never_reach_a_model(at_work: Lumen, twin: Twin) -> None:
    text = f"{TWICE} My card is {CARD} and my password is {PASSWORD}"
    email = at_work.customer("single_charge")
    first = at_work.say(email, text, stage=Stage.ASSISTED)
    at_work.say(email, QUESTION, first.number, stage=Stage.ASSISTED)
    heard = "\n".join(map(told, twin.model.heard)) + json.dumps(twin.model.heard)
    assert "I was charged twice" in heard
    for secret in (CARD, CARD.replace(" ", ""), CARD[-9:], PASSWORD):
        assert secret not in heard
    with at_work.installation.store.begin() as tx:
        assert not any(secret in str(tx.models.words(first.ticket)) for secret in (CARD, PASSWORD))

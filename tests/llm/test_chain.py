"""A chain of models: the next answers when one does not, the dead one rests, and a question always comes to an end."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from tests.llm.desks import COLOUR, IN_JSON, MODES, NATIVE, Colour, Log, Twin, adapter_of

from deskhand.infrastructure.llm.question import NoAnswer
from deskhand.infrastructure.llm.twin_answers import Answer

BLUE = Answer("colour", {"name": "blue"})
NOBODY = "m@http://127.0.0.1:9/v1"
DEAD = ("down", "away", "short", "refuses", "garbage", "cut", "hang", "huge", "drip")
SLOW = ("hang", "drip")


@pytest.fixture
def blue(twin: Twin) -> Twin:
    twin.model.think = lambda body: BLUE
    return twin


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("mood", DEAD)
def test_the_second_answers_when_the_first_does_not(blue: Twin, mood: str, mode: str) -> None:
    log = Log()
    with closing(
        adapter_of(blue.name(mood, mode), blue.name("ok", mode), timeout=1 if mood in SLOW else 10)
    ) as adapter:
        assert adapter.ask(COLOUR, log) == Colour(name="blue")
    assert blue.model.moods == {mood: 1, "ok": 1}
    assert [bool(one) for one in log.failed] in ([True, False], [False, False])
    assert all(one.ms > 0 for one in log.noted)


def test_without_any_server_the_second_answers(blue: Twin) -> None:
    with closing(adapter_of(NOBODY, blue.name())) as adapter:
        assert adapter.ask(COLOUR, Log()) == Colour(name="blue")


def test_a_dead_model_rests_after_two_failures_and_is_not_asked_again(blue: Twin) -> None:
    log = Log()
    with closing(adapter_of(blue.name("down"), blue.name())) as adapter:
        for _ in range(6):
            log.words.clear()
            assert adapter.ask(COLOUR, log) == Colour(name="blue")
    assert blue.model.moods == {"down": 2, "ok": 6}


@pytest.mark.parametrize(("mood", "times"), [("garbage", 2), ("short", 3), ("huge", 3), ("chatty", 9)])
def test_a_model_that_says_nothing_of_use_again_and_again_rests_too(blue: Twin, mood: str, times: int) -> None:
    with closing(adapter_of(blue.name(mood), blue.name())) as adapter:
        for _ in range(5):
            assert adapter.ask(COLOUR, Log()) == Colour(name="blue")
    assert blue.model.moods == {mood: times, "ok": 5}


def test_a_model_that_will_not_speak_of_one_message_is_asked_about_the_next(blue: Twin) -> None:
    with closing(adapter_of(blue.name("refuses"), blue.name())) as adapter:
        for _ in range(4):
            assert adapter.ask(COLOUR, Log()) == Colour(name="blue")
    assert blue.model.moods == {"refuses": 4, "ok": 4}


def test_an_answer_of_use_between_useless_ones_keeps_a_model_from_rest(twin: Twin) -> None:
    useless, expected = Answer("colour", {"shade": 3}), 0
    with closing(adapter_of(twin.name())) as adapter:
        for answer in (useless, useless, BLUE, useless, useless, BLUE):
            twin.model.think = lambda body: answer  # noqa: B023  (asked at once)
            if answer is BLUE:
                assert adapter.ask(COLOUR, Log()) == Colour(name="blue")
            else:
                with pytest.raises(NoAnswer, match="nonsense"):
                    adapter.ask(COLOUR, Log())
            expected += 1 if answer is BLUE else 3
            assert twin.asked == expected


@pytest.mark.parametrize(("mode", "requests"), [(NATIVE, 6), (IN_JSON, 3)])
@pytest.mark.parametrize("mood", ["chatty", "empty"])
def test_what_the_first_cannot_answer_the_second_can(blue: Twin, mood: str, mode: str, requests: int) -> None:
    with closing(adapter_of(blue.name(mood, mode), blue.name("ok", mode))) as adapter:
        assert adapter.ask(COLOUR, Log()) == Colour(name="blue")
    assert blue.model.moods == {mood: requests, "ok": 1}


@pytest.mark.parametrize("mood", SLOW)
def test_a_slow_first_leaves_the_second_its_share_however_often_it_is_tried(blue: Twin, mood: str) -> None:
    log = Log()
    with closing(adapter_of(blue.name(mood), blue.name("slow"), timeout=0.6, retries=9)) as adapter:
        assert adapter.ask(COLOUR, log) == Colour(name="blue")
    assert [bool(one) for one in log.failed] == [True, False]
    assert log.noted[0].ms < 2000, "half of the time of the whole question"


def test_what_is_much_too_long_is_neither_kept_nor_sent_back(blue: Twin) -> None:
    log = Log()
    with closing(adapter_of(blue.name("huge"))) as adapter, pytest.raises(NoAnswer, match="down"):
        adapter.ask(COLOUR, log)
    assert blue.asked == 1
    ((_, kept),) = log.words.values()
    assert len(kept) < 10_000
    assert log.noted[0].output_tokens > 1_000_000, "what it cost is told all the same"


def test_a_model_that_comes_back_between_two_failures_does_not_rest(blue: Twin) -> None:
    with closing(adapter_of(blue.name("busy"), blue.name())) as adapter:  # refused twice, then well
        for mood in ("down", "ok", "down", "ok"):
            blue.model.moods["busy"] = 0 if mood == "down" else 2
            assert adapter.ask(COLOUR, Log()) == Colour(name="blue")
    assert blue.model.moods["ok"] == 2


@pytest.mark.parametrize("mode", MODES)
def test_all_down_is_told_as_down_after_each_was_asked_once(blue: Twin, mode: str) -> None:
    log = Log()
    with (
        closing(adapter_of(blue.name("down", mode), blue.name("away", mode))) as adapter,
        pytest.raises(NoAnswer, match="down") as no,
    ):
        adapter.ask(COLOUR, log)
    assert no.value.why == "down"
    assert "overloaded" not in str(no.value), "the words of a provider may hold what was sent"
    assert blue.model.moods == {"down": 1, "away": 1}
    assert log.failed == ["ModelOverloadedError", "ModelAuthenticationError"]
    assert log.gave_up == ["read: down"]


def test_too_many_requests_are_waited_for_and_asked_again(blue: Twin) -> None:
    log = Log()
    with closing(adapter_of(blue.name("busy"), retries=2)) as adapter:
        assert adapter.ask(COLOUR, log) == Colour(name="blue")
    assert blue.model.moods == {"busy": 3}
    assert (log.failed, log.gave_up) == ([""], [])


def test_a_server_that_asks_for_half_a_minute_of_patience_does_not_get_it(blue: Twin) -> None:
    with closing(adapter_of(blue.name("later"), blue.name(), retries=1, timeout=0.3)) as adapter:
        assert adapter.ask(COLOUR, Log()) == Colour(name="blue")
    assert blue.model.moods == {"later": 1, "ok": 1}


def test_a_hanging_model_alone_is_a_time_out_of_ours(blue: Twin) -> None:
    log = Log()
    with closing(adapter_of(blue.name("hang"), timeout=0.2)) as adapter, pytest.raises(NoAnswer):
        adapter.ask(COLOUR, log)
    assert blue.asked == 1
    assert len(log.failed) == 1
    assert log.failed[0]


@pytest.mark.parametrize("mode", MODES)
def test_an_answer_of_the_wrong_shape_is_mended_once_told(blue: Twin, mode: str) -> None:
    answers = iter([Answer("colour", {"name": ""}), Answer("colour", {"shade": 3}), BLUE])
    blue.model.think = lambda body: next(answers)
    with closing(adapter_of(blue.name("ok", mode))) as adapter:
        assert adapter.ask(COLOUR, Log()) == Colour(name="blue")
    assert blue.asked == 3
    assert "name" in str(blue.model.heard[1]["messages"][-1])


@pytest.mark.parametrize(("mode", "requests"), [(NATIVE, 6), (IN_JSON, 3)])
def test_an_answer_that_stays_of_the_wrong_shape_is_none(blue: Twin, mode: str, requests: int) -> None:
    blue.model.think = lambda body: Answer("colour", {"shade": 3})
    with closing(adapter_of(blue.name("ok", mode))) as adapter, pytest.raises(NoAnswer, match="nonsense"):
        adapter.ask(COLOUR, Log())
    assert blue.asked == requests


def test_sixteen_threads_get_each_their_own_answer(twin: Twin) -> None:
    def think(body: object) -> Answer:
        return Answer("colour", {"name": str(body).partition("shade-")[2][:2]})

    twin.model.think = think
    logs = [Log() for _ in range(16)]

    def ask(number: int) -> object:
        return adapter.ask(
            type(COLOUR)(COLOUR.purpose, COLOUR.system, f"shade-{number:02}", COLOUR.answers), logs[number]
        )

    with closing(adapter_of(twin.name("ok", NATIVE))) as adapter, ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(ask, range(16)))
    assert answers == [Colour(name=f"{number:02}") for number in range(16)]
    assert [len(log.noted) for log in logs] == [1] * 16

"""One watched signal: silent while little is known, never alarmed by what stays as it is, and the same however read."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskhand.measurement.drift.kept import read, written
from deskhand.measurement.drift.observed import Observation
from deskhand.measurement.drift.signals import SIGNALS, Kind
from deskhand.measurement.drift.stream import Stream
from deskhand.measurement.drift.watch import Alarm, Watch, threshold

START = datetime(2026, 1, 5, tzinfo=UTC)
LEARNING = 1100  # observations in 15 days
EVERY = timedelta(minutes=19)


def observation(number: int, signal: str, value: float | str) -> Observation:
    return Observation("refund", signal, value, START + number * EVERY, number + 1, f"t:ticket:{number}")


def learned(signal: str, value: float | str, other: float | str) -> Watch:
    """Every tenth observation is the other one."""
    watch = Watch()
    for number in range(LEARNING):
        assert watch.observe(observation(number, signal, other if number % 10 == 0 else value)) is None
    return watch


def alarms(watch: Watch, signal: str, values: list[float | str]) -> list[Alarm]:
    told = [watch.observe(observation(LEARNING + place, signal, value)) for place, value in enumerate(values)]
    return [one for one in told if one]


Pair = tuple[float | str, float | str]
NORMAL: dict[Kind, Pair] = {Kind.RATE: (0.0, 1.0), Kind.LEVEL: (0.5, 0.9), Kind.MIX: ("en", "de")}
WORSE = {"confidence": 0.1}


@pytest.mark.parametrize("signal", sorted(SIGNALS))
def test_a_large_change_is_found_once_with_where_it_began(signal: str) -> None:
    kind = SIGNALS[signal].kind
    watch = learned(signal, *NORMAL[kind])
    everywhere: dict[Kind, float | str] = {Kind.RATE: 1.0, Kind.LEVEL: WORSE.get(signal, 5.0), Kind.MIX: "pl"}
    bad = everywhere[kind]
    (alarm,) = alarms(watch, signal, [bad] * 60)
    assert alarm.change.since >= START + LEARNING * EVERY - timedelta(days=1)
    assert alarm.change.evidence.strength >= alarm.threshold


@pytest.mark.parametrize("signal", sorted(SIGNALS))
def test_what_goes_on_as_before_is_no_drift(signal: str) -> None:
    usual, other = NORMAL[SIGNALS[signal].kind]
    watch = learned(signal, usual, other)
    assert not alarms(watch, signal, [other if number % 10 == 0 else usual for number in range(600)])


@pytest.mark.parametrize("signal", ["rejections", "confidence", "own_ms", "languages"])
@given(value=st.floats(0, 1))
@settings(max_examples=5, deadline=None)
def test_a_constant_never_alarms(signal: str, value: float) -> None:
    kind = SIGNALS[signal].kind
    usual: dict[Kind, float | str] = {Kind.RATE: float(value > 0.5), Kind.LEVEL: value, Kind.MIX: "en"}
    same = usual[kind]
    watch = learned(signal, same, same)
    assert not alarms(watch, signal, [same] * 200)


def test_a_change_for_the_better_is_no_alarm() -> None:
    assert not alarms(learned("rejections", 0.0, 1.0), "rejections", [0.0] * 400)
    assert not alarms(learned("cost", 0.5, 0.9), "cost", [0.01] * 200)


def test_with_little_seen_nothing_is_said_but_how_much_is_missing() -> None:
    watch = Watch()
    told = [watch.observe(observation(number, "rejections", float(number > 50))) for number in range(150)]
    assert not any(told)
    lacks = watch.streams["refund", "rejections"].lacks()
    assert lacks[0] == 50
    assert lacks[1] > 20


@given(st.lists(st.booleans(), min_size=40, max_size=80), st.data())
@settings(max_examples=25, deadline=None)
def test_one_more_that_went_wrong_never_weakens_the_evidence(wrong: list[bool], data: st.DataObject) -> None:
    place = data.draw(st.sampled_from([at for at, one in enumerate(wrong) if not one] or [0]))
    worse = [*wrong[:place], True, *wrong[place + 1 :]]
    assert strength(worse) >= strength(wrong) - 1e-9


BASE = written(learned("rejections", 0.0, 1.0).streams["refund", "rejections"])


def strength(wrong: list[bool]) -> float:
    stream = read("refund", "rejections", BASE)
    assert stream is not None
    for place, one in enumerate(wrong):
        stream.take(observation(LEARNING + place, "rejections", float(one)))
    change = stream.look()
    return change.evidence.strength if change else 0.0


KEPT = {
    signal: written(learned(signal, *NORMAL[SIGNALS[signal].kind]).streams["refund", signal])
    for signal in ("edits", "cost", "languages")
}


@pytest.mark.parametrize("signal", sorted(KEPT))
@given(st.lists(st.sampled_from((0, 1, 2)), min_size=20, max_size=90), st.floats(0, 20))
@settings(max_examples=30, deadline=None)
def test_what_is_left_out_unweighed_could_not_have_reached_what_was_asked_for(
    signal: str, values: list[int], least: float
) -> None:
    stream = read("refund", signal, KEPT[signal])
    assert stream is not None
    worth: dict[Kind, tuple[float | str, ...]] = {Kind.RATE: (0.0, 1.0, 1.0), Kind.LEVEL: (0.5, 0.9, 3.0)}
    for place, value in enumerate(values):
        seen = worth.get(stream.what.kind, ("en", "de", "pl"))[value]
        stream.take(observation(LEARNING + place, signal, seen))
    found = stream.look()
    assert stream.look(least) == (found if found and found.evidence.strength >= least else None)


@given(st.lists(st.booleans(), min_size=5, max_size=5))
@settings(max_examples=20, deadline=None)
def test_the_order_within_one_look_does_not_matter(wrong: list[bool]) -> None:
    mixed = sorted(wrong, key=lambda one: not one)
    assert strength([True] * 30 + wrong) == pytest.approx(strength([True] * 30 + mixed))


@given(st.lists(st.booleans(), min_size=1, max_size=120), st.integers(0, 120))
@settings(max_examples=20, deadline=None)
def test_kept_and_read_again_it_goes_on_the_same(wrong: list[bool], cut: int) -> None:
    whole, part = read("refund", "rejections", BASE), read("refund", "rejections", BASE)
    assert whole is not None
    assert part is not None
    for place, one in enumerate(wrong):
        if place == cut:
            part = read("refund", "rejections", written(part))
            assert part is not None
        for stream in (whole, part):
            stream.take(observation(LEARNING + place, "rejections", float(one)))
    assert written(whole) == written(part)
    assert whole.look() == part.look()


def test_an_alarm_is_raised_once_until_it_is_handled_and_again_if_nothing_was_mended() -> None:
    watch = learned("edits", 0.0, 1.0)
    stream = watch.streams["refund", "edits"]
    assert len(alarms(watch, "edits", [1.0] * 400)) == 1
    stream.handled(normal=False)
    assert len(alarms(watch, "edits", [1.0] * 60)) == 1


def test_what_is_said_to_be_normal_is_learned_anew() -> None:
    watch = learned("edits", 0.0, 1.0)
    alarms(watch, "edits", [1.0] * 60)
    stream = watch.streams["refund", "edits"]
    stream.handled(normal=True)
    assert not stream.settled
    assert not alarms(watch, "edits", [1.0] * 60)


def test_another_versions_text_is_learned_anew() -> None:
    assert read("refund", "edits", '{"version": 0}') is None


@pytest.mark.parametrize("signal", ["own_ms", "model_ms", "confidence"])
def test_a_level_is_told_in_its_own_unit(signal: str) -> None:
    (alarm,) = alarms(learned(signal, 0.8, 0.9), signal, [0.1 if signal == "confidence" else 2500.0] * 60)
    told = alarm.change.evidence
    assert 0.7 < told.was < 0.9
    assert (told.now - told.was) * SIGNALS[signal].worse > 0
    assert 0 < told.now < 10


def test_more_streams_and_more_looks_want_more_evidence() -> None:
    assert threshold(1, 100) < threshold(20, 100) < threshold(20, 1000) < threshold(300, 1000)


def test_a_stream_of_months_stays_small() -> None:
    stream = Stream("refund", "rejections")
    for number in range(20_000):
        stream.take(observation(number, "rejections", float(number % 10 == 0)))
    assert len(stream.recent) < 100
    assert len(written(stream)) < 20_000

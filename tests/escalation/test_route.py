"""Where a handoff goes: by skill, language, tier, load, hours and on-call, and always with its reason."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.domain.calendar import Calendar, Span
from deskhand.domain.routing import Colleague, Needs, Queue, Routing
from deskhand.escalation.route import assign, queue_for, route

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = Calendar(BERLIN, {day: (Span.parse("09:00-17:00"),) for day in range(5)})
NIGHTS = Calendar(BERLIN, {day: (Span.parse("17:00-23:00"),) for day in range(7)})
MONDAY = datetime(2026, 11, 23, 10, tzinfo=BERLIN)
EVENING = datetime(2026, 11, 23, 20, tzinfo=BERLIN)
NIGHT = datetime(2026, 11, 24, 3, tzinfo=BERLIN)
ANA = Colleague("ana", languages=frozenset({"en", "de"}))
TOM = Colleague("tom", languages=frozenset({"en"}), skills=frozenset({"duplicate-charge", "legal"}), most=2)
MEI = Colleague("mei", languages=frozenset({"en", "fr"}))
BILLING = Queue(
    "billing",
    people=("ana", "tom"),
    skills=frozenset({"duplicate-charge"}),
    calendar=OFFICE,
    on_call={"tom": NIGHTS},
    first_answer=timedelta(hours=4),
    by_tier={"enterprise": timedelta(hours=1)},
)
VIP = Queue("vip", people=("mei",), tiers=frozenset({"enterprise"}), calendar=OFFICE, fallback="night")
FRENCH = Queue("french", people=("mei",), languages=frozenset({"fr"}), calendar=OFFICE)
FRENCH_VIP = Queue("french-vip", languages=frozenset({"fr"}), tiers=frozenset({"enterprise"}))
AROUND_THE_CLOCK = Queue("night", people=("tom",))
QUEUES = {one.name: one for one in (BILLING, VIP, FRENCH, FRENCH_VIP, AROUND_THE_CLOCK)}
DESK = Routing("support", QUEUES, {one.id: one for one in (ANA, TOM, MEI)}, OFFICE)
CHARGED = Needs("en", skills=frozenset({"duplicate-charge"}))


@pytest.mark.parametrize(
    ("needs", "queue"),
    [
        (CHARGED, "billing"),
        (Needs("en", "enterprise"), "vip"),
        (Needs("fr"), "french"),
        (Needs("fr", "enterprise"), "french-vip"),
        (Needs("en"), "support"),
        (Needs("und", "free", frozenset({"legal"})), "support"),
    ],
)
def test_the_queue_is_the_one_that_is_for_it(needs: Needs, queue: str) -> None:
    assert queue_for(DESK, needs).name == queue


def test_whatever_policy_names_is_the_queue() -> None:
    assert assign(DESK, "legal", CHARGED, {}, MONDAY).queue == "legal"
    assert assign(DESK, "vip", Needs("en"), {}, MONDAY).person == "mei"


def test_the_least_loaded_of_those_who_fit_gets_it() -> None:
    assert assign(DESK, "", CHARGED, {}, MONDAY).person == "ana"
    assert assign(DESK, "", CHARGED, {"ana": 1}, MONDAY).person == "tom"
    assert assign(DESK, "", CHARGED, {"ana": 9, "tom": 2}, MONDAY).person == "ana"
    assert assign(DESK, "billing", Needs("de"), {"ana": 5}, MONDAY).person == "ana"


def test_whoever_is_on_call_gets_it_when_the_office_is_closed() -> None:
    made = assign(DESK, "", CHARGED, {"tom": 1}, EVENING)
    assert (made.person, made.there, made.there_at) == ("tom", True, None)


def test_a_queue_that_is_closed_keeps_it_and_says_when_somebody_is_there_again() -> None:
    made = assign(DESK, "", CHARGED, {}, NIGHT)
    assert (made.queue, made.person, made.there) == ("billing", None, False)
    assert made.there_at == datetime(2026, 11, 24, 9, tzinfo=BERLIN)
    assert "nobody of billing who could take it is there now" in made.why


def test_a_queue_that_names_its_fallback_passes_on_what_comes_while_nobody_is_there() -> None:
    made = assign(DESK, "vip", Needs("en"), {}, NIGHT)
    assert (made.queue, made.person) == ("night", "tom")
    assert made.why.startswith("nobody of vip who could take it is there now, so night takes it")


def test_a_fallback_where_nobody_is_either_takes_nothing() -> None:
    desk = Routing("support", {"vip": VIP, "night": Queue("night", people=("tom",), calendar=OFFICE)}, DESK.people)
    assert assign(desk, "vip", Needs("en"), {}, NIGHT).queue == "vip"


def test_what_nobody_of_a_queue_could_ever_take_goes_to_the_default_one_with_the_reason() -> None:
    made = assign(DESK, "billing", Needs("cs", skills=frozenset({"refund"})), {}, MONDAY)
    assert (made.queue, made.person) == ("support", None)
    assert made.why == "nobody of billing speaks cs and knows refund, so it goes to support: support names nobody"


def test_who_has_as_many_as_they_take_gets_no_more() -> None:
    only = Queue("billing", people=("tom",))
    assert route(only, CHARGED, [TOM], {"tom": 1}, MONDAY).person == "tom"
    full = route(only, CHARGED, [TOM], {"tom": 2}, MONDAY)
    assert (full.person, full.there) == (None, True)
    assert "as many handoffs as they take" in full.why


def test_the_clock_counts_working_time_and_knows_tiers() -> None:
    late = datetime(2026, 11, 27, 16, tzinfo=BERLIN)  # a Friday
    made = route(BILLING, CHARGED, [ANA], {}, late)
    assert made.answer_by == datetime(2026, 11, 30, 12, tzinfo=BERLIN)
    assert made.warn_at == datetime(2026, 11, 30, 11, tzinfo=BERLIN)
    urgent = route(BILLING, Needs("en", "enterprise"), [ANA], {}, late)
    assert urgent.answer_by == datetime(2026, 11, 27, 17, tzinfo=BERLIN)


def test_without_hours_the_clock_runs_on_and_nothing_is_promised() -> None:
    made = route(Queue("q", first_answer=timedelta(hours=4)), CHARGED, [], {}, NIGHT)
    assert made.answer_by == NIGHT + timedelta(hours=4)
    assert (made.there, made.there_at) == (True, None)


NAMES = "abcdef"
WORDS = st.frozensets(st.sampled_from(["x", "y", "z"]), max_size=2)
SPANS = st.sampled_from(["09:00-17:00", "08:00-12:00", "22:00-06:00"]).map(lambda text: (Span.parse(text),))
CALENDARS = st.dictionaries(st.integers(0, 6), SPANS, max_size=7).map(lambda hours: Calendar(BERLIN, hours))
PEOPLE = st.lists(
    st.builds(Colleague, st.sampled_from(NAMES), st.just(""), WORDS, WORDS, st.none() | st.integers(0, 3)),
    unique_by=lambda one: one.id,
    max_size=6,
)
A_QUEUE = st.builds(
    Queue,
    name=st.just("q"),
    people=st.lists(st.sampled_from(NAMES), unique=True).map(tuple),
    calendar=st.none() | CALENDARS,
    on_call=st.dictionaries(st.sampled_from(NAMES), CALENDARS, max_size=3),
    first_answer=st.none() | st.just(timedelta(hours=4)),
)
NEEDS = st.builds(Needs, st.sampled_from(["x", "y", "und"]), st.just(""), WORDS)
LOAD = st.dictionaries(st.sampled_from(NAMES), st.integers(0, 4))
NOW = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))


@given(A_QUEUE, NEEDS, PEOPLE, LOAD, NOW)
def test_nobody_gets_one_who_is_away_or_full_or_does_not_fit(
    queue: Queue, needs: Needs, people: list[Colleague], load: Mapping[str, int], now: datetime
) -> None:
    made = route(queue, needs, people, load, now)
    if made.person is None:
        return
    (person,) = [one for one in people if one.id == made.person]
    on_call = queue.on_call.get(person.id)
    assert person.id in queue.people
    assert queue.calendar is None or queue.calendar.open(now) or (on_call is not None and on_call.open(now))
    assert person.most is None or load.get(person.id, 0) < person.most
    assert needs.language == "und" or not person.languages or needs.language in person.languages
    assert not person.skills or not needs.skills or person.skills & needs.skills


@given(A_QUEUE, NEEDS, PEOPLE, LOAD, NOW, st.data())
def test_one_more_person_never_makes_it_worse_and_their_order_changes_nothing(
    queue: Queue, needs: Needs, people: list[Colleague], load: Mapping[str, int], now: datetime, data: st.DataObject
) -> None:
    whole = route(queue, needs, people, load, now)
    assert route(queue, needs, data.draw(st.permutations(people)), load, now) == whole
    fewer = route(queue, needs, people[1:], load, now)
    if fewer.person is not None:
        assert whole.person is not None
        assert load.get(whole.person, 0) <= load.get(fewer.person, 0)
    assert whole.there or not fewer.there
    assert whole.answer_by == fewer.answer_by
    if fewer.there_at and whole.there_at:
        assert whole.there_at <= fewer.there_at

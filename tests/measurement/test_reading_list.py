"""The past tickets to read first: fifty at most, the heaviest first, each with the rules that it is listed for."""

from dataclasses import replace
from datetime import UTC, datetime
from random import Random

from deskhand.domain.outcome import ModelUse
from deskhand.domain.replayed import Agreement, Replayed, WouldBe
from deskhand.measurement.replay.reading_list import MOST, ReadingList, rules

AT = datetime(2026, 3, 2, tzinfo=UTC)
PLAIN = Replayed(
    ticket="t",
    at=AT,
    customer="",
    text="Where is my invoice?",
    language="en",
    outcome=WouldBe.ANSWERED,
    procedures=(),
    confidence=0.9,
    reply="It went out on 3 March.",
    actions=(),
    queue="",
    reason="",
    because="",
    agents="",
    agreement=Agreement(),
    csat=None,
    response_s=None,
    resolution_s=None,
    messages=1,
    model=ModelUse(),
    ms=1.0,
)


def test_what_nothing_speaks_for_is_on_no_list() -> None:
    assert rules(PLAIN) == {}
    reading = ReadingList()
    reading.add(PLAIN)
    assert reading.told() == []


def test_the_fifty_that_weigh_most_stand_on_it_whatever_order_they_come_in() -> None:
    grave = replace(PLAIN, agreement=Agreement(actions=False))
    some = [replace(grave, ticket=f"grave{number:02}") for number in range(10)]
    some += [replace(PLAIN, ticket=f"unhappy{number:02}", csat=1) for number in range(60)]
    lists = []
    for seed in range(3):
        reading, mixed = ReadingList(), some.copy()
        Random(seed).shuffle(mixed)
        for one in mixed:
            reading.add(one)
        lists.append(reading.told())
    assert lists[0] == lists[1] == lists[2]
    assert [one["ticket"] for one in lists[0]] == [one.ticket for one in some[:MOST]]
    assert MOST == 50

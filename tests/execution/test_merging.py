"""A merge that was broken off is looked up, and not done again; two at once never make a circle."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import stamina
from tests.execution.company import LARS, Company, company

from deskhand.domain.effect import Effect, EffectState
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Status
from deskhand.entrypoints.hostile.world import Clock
from deskhand.execution.results import Done, Result, Stopped, Unsure
from deskhand.infrastructure.storage.store import SqlStore

ONE, TWO = "zendesk:ticket:1", "zendesk:ticket:2"
KEY = f"merge/{ONE}"


@pytest.fixture
def lumen(store: SqlStore, clock: Clock) -> Iterator[Company]:
    """Lars has written twice."""
    with stamina.set_testing(True, attempts=4), company(store, clock) as made:
        made.desk.receive(LARS, "Please help me!")
        yield made


def broken_off(lumen: Company) -> None:
    """As a process leaves it that dies before it acts."""
    customer, args = str(lumen.customer().ref), {"ticket": ONE, "into": TWO}
    effect = Effect(
        KEY, ONE, customer, "merge_tickets", f"ticket:{ONE}", args, None, True, EffectState.RESERVED, lumen.clock()
    )
    with lumen.store.begin() as tx:
        assert tx.ledger.reserve(effect)


def test_whoever_comes_after_a_death_finds_what_was_merged_and_does_it_no_more(lumen: Company) -> None:
    broken_off(lumen)
    lumen.writes.tickets["zendesk"].merge(Ref.parse(ONE), Ref.parse(TWO), key=KEY)
    results = [_merge(lumen, ONE, TWO) for _ in range(2)]

    assert all(isinstance(one, Done) for one in results)
    assert len(lumen.desk.said(2, public=False)) == 1
    with lumen.store.begin() as tx:
        lines = [tx.journal.of_ticket(one, ["ticket.merged"]) for one in (ONE, TWO)]
    assert [len(one) for one in lines] == [1, 1]


def test_what_was_not_merged_before_a_death_is_merged_once_it_can_no_longer_be_on_its_way(
    lumen: Company, clock: Clock
) -> None:
    broken_off(lumen)
    assert isinstance(_merge(lumen, ONE, TWO), Unsure)
    clock.now += timedelta(minutes=1)

    assert isinstance(_merge(lumen, ONE, TWO), Done)
    assert len(lumen.desk.said(2, public=False)) == 1


def test_of_a_merge_and_its_opposite_at_once_one_is_done(lumen: Company) -> None:
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda pair: _merge(lumen, *pair), [(ONE, TWO), (TWO, ONE)]))

    assert sorted(one.is_ for one in done) in (["done", "stopped"], ["done", "unsure"])
    assert sorted(str(lumen.ticket(number).status) for number in (1, 2)) == ["closed", "open"]


def test_nothing_is_merged_into_what_is_just_being_merged(lumen: Company) -> None:
    broken_off(lumen)
    result = _merge(lumen, TWO, ONE)

    assert isinstance(result, Stopped)
    assert "is merged into" in result.verdict.says
    assert lumen.ticket(2).status is Status.OPEN


def test_what_an_agent_of_the_help_desk_has_is_merged_only_by_a_person(lumen: Company) -> None:
    lumen.writes.tickets["zendesk"].update_ticket(Ref.parse(TWO), assignee="7", key="update/1")

    assert isinstance(_merge(lumen, ONE, TWO), Stopped)
    assert isinstance(lumen.commit("merge_tickets", LARS, "tom", ticket=ONE, into=TWO), Done)


def _merge(lumen: Company, ticket: str, into: str) -> Result:
    return lumen.commit("merge_tickets", ticket=ticket, into=into)

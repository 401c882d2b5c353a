"""A person takes a ticket in the same moment as the assistant replies on it: after that, no reply."""

import random
import time
from dataclasses import dataclass, field
from threading import Barrier, Thread

import pytest
from tests.execution.test_two_at_once import Shop

from deskhand.domain.action import Receipt
from deskhand.domain.errors import Unconfirmed
from deskhand.domain.ref import Ref
from deskhand.domain.suggestion import Person
from deskhand.entrypoints.hostile.untouched import Untouched
from deskhand.entrypoints.hostile.world import Clock
from deskhand.execution.catalogue.all_actions import ACTIONS
from deskhand.execution.doors import Writes
from deskhand.execution.executor import Executor
from deskhand.execution.results import Done, Frozen, Result, Unsure
from deskhand.infrastructure.storage.store import SqlStore
from deskhand.workflows.take_over import give_back, take_over

ANA = Person("ana", frozenset({"agent"}))


@dataclass
class Wall(Untouched):
    """A help desk that takes its time over each reply, and may lose its answer."""

    clock: Clock
    takes: float = 0.0
    loses: bool = False
    system: str = "zendesk"
    letters: dict[str, Receipt] = field(default_factory=dict)

    def reply(self, ticket: Ref, text: str, *, public: bool, key: str) -> Receipt:
        time.sleep(self.takes)
        if self.loses:
            raise Unconfirmed(key, "the line broke")
        self.letters[key] = Receipt(key, "zendesk", str(len(self.letters)), self.clock(), {})
        return self.letters[key]

    def find_effect(self, ticket: Ref, *, key: str) -> Receipt | None:
        return self.letters.get(key)


class Talk:
    """An assistant that replies at a wall."""

    def __init__(self, store: SqlStore, clock: Clock):
        self.store, self.clock, self.wall = store, clock, Wall(clock)
        shop = Shop(store, clock)
        self.executor = Executor(shop.gate, store, Writes(shop.bank, {"zendesk": self.wall}), ACTIONS, clock)

    def reply(self, ticket: str, number: int = 1) -> Result:
        key = f"reply/{ticket}/{number}"
        return self.executor.say(Ref.parse(ticket), "We will see.", public=True, key=key, customer="")


@pytest.fixture
def talk(store: SqlStore, clock: Clock) -> Talk:
    return Talk(store, clock)


def test_after_a_take_over_no_reply_arrives_whatever_came_first(talk: Talk) -> None:
    """200 times the two begin together; whoever took it over sees all that will ever be said."""
    dice, seen = random.Random(7), {"done": 0, "frozen": 0}
    for number in range(200):
        ticket, told, at_once = f"zendesk:ticket:{number}", list[Result](), Barrier(2)
        talk.wall.takes, late = dice.choice([0, 0.001, 0.004]), dice.choice([0, 0.001, 0.003, 0.006])

        def answering(ticket: str = ticket, told: list[Result] = told, at_once: Barrier = at_once) -> None:
            at_once.wait()
            told.append(talk.reply(ticket))

        thread = Thread(target=answering)
        thread.start()
        at_once.wait()
        time.sleep(late)
        taken = take_over(talk.store, ticket, ANA, talk.clock(), time.sleep)
        said = len(talk.wall.letters)
        thread.join()
        assert not taken.on_its_way
        assert len(talk.wall.letters) == said, f"{number}: a reply arrived after the take-over"
        assert isinstance(told[0], Done | Frozen), told[0]
        assert isinstance(talk.reply(ticket, 2), Frozen)
        seen[told[0].is_] += 1
    assert min(seen.values()) >= 10, f"hardly a race: {seen}"


def test_a_reply_that_is_still_on_its_way_is_told(talk: Talk) -> None:
    talk.wall.takes = 0.3
    thread = Thread(target=talk.reply, args=("zendesk:ticket:1",))
    thread.start()
    while not _reserved(talk, "zendesk:ticket:1"):
        time.sleep(0.001)
    assert take_over(talk.store, "zendesk:ticket:1", ANA, talk.clock(), time.sleep, patience=0.02).on_its_way
    thread.join()
    assert not take_over(talk.store, "zendesk:ticket:1", ANA, talk.clock(), time.sleep, patience=0.02).on_its_way


def test_a_reply_whose_answer_was_lost_is_not_sent_again_on_a_ticket_that_people_have(talk: Talk) -> None:
    talk.wall.loses = True
    assert isinstance(talk.reply("zendesk:ticket:1"), Unsure)
    taken = take_over(talk.store, "zendesk:ticket:1", ANA, talk.clock(), patience=0)
    assert taken.before == "assistant"
    assert taken.on_its_way, "nobody can say that it will not arrive"
    talk.wall.loses = False
    assert isinstance(talk.reply("zendesk:ticket:1"), Unsure), "it may still be on its way"
    talk.clock.pass_by(minutes=5)
    assert isinstance(talk.reply("zendesk:ticket:1"), Frozen)
    assert talk.wall.letters == {}
    with talk.store.begin() as tx:
        (effect,) = tx.ledger.of_ticket("zendesk:ticket:1")
    assert (effect.state, effect.reason) == ("declined", "not sent: ana has the ticket")


def test_one_that_did_arrive_is_found_and_not_denied(talk: Talk) -> None:
    talk.wall.loses = True
    assert isinstance(talk.reply("zendesk:ticket:1"), Unsure)
    talk.wall.loses = False
    key = "reply/zendesk:ticket:1/1"
    talk.wall.letters[key] = Receipt(key, "zendesk", "9", talk.clock(), {})
    take_over(talk.store, "zendesk:ticket:1", ANA, talk.clock(), patience=0)
    assert isinstance(talk.reply("zendesk:ticket:1"), Done)


def test_given_back_the_assistant_replies_again(talk: Talk) -> None:
    take_over(talk.store, "zendesk:ticket:1", ANA, talk.clock())
    assert isinstance(talk.reply("zendesk:ticket:1"), Frozen)
    assert give_back(talk.store, "zendesk:ticket:1", ANA, talk.clock()) == "ana"
    assert isinstance(talk.reply("zendesk:ticket:1"), Done)


def _reserved(talk: Talk, ticket: str) -> bool:
    with talk.store.begin() as tx:
        return bool(tx.ledger.of_ticket(ticket))

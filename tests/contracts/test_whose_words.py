"""At every help desk, and in conversations of our own: what an agent wrote by us is theirs, and not the assistant's."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.contracts.help_desks import FreshdeskDesk, ZendeskDesk
from tests.contracts.test_jira import JiraDesk
from tests.execution.test_two_at_once import Shop

from deskhand.bootstrap import scratch_store
from deskhand.domain.effect import Effect
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Author
from deskhand.entrypoints.hostile.world import Clock
from deskhand.execution.catalogue.all_actions import ACTIONS
from deskhand.execution.doors import Writes
from deskhand.execution.executor import Executor
from deskhand.execution.results import Done, Frozen
from deskhand.infrastructure.storage.conversations import Conversations
from deskhand.infrastructure.storage.store import SqlStore
from deskhand.ports.reads import TicketDesk
from deskhand.ports.writes import TicketWriter
from deskhand.workflows.whose_words import WithAgents

TEXTS = [
    "Two\n\nparagraphs\nand a line.",
    "1 < 2 & <b>bold</b>",
    "a  b\n\n\n- c",
    "Grüße 👋\u200d",
    "* not\n# markup _here_",
]


@dataclass(frozen=True)
class Talk:
    """One ticket on which the assistant, ana and the customer write."""

    ref: Ref
    clock: Clock
    store: SqlStore
    executor: Executor
    tickets: TicketDesk
    customer_writes: Callable[[str], object]

    def assistant(self, text: str, key: str, *, public: bool = True) -> None:
        self.clock.pass_by(minutes=1)
        said = self.executor.say(self.ref, text, public=public, key=key, customer="", freeze=False)
        assert isinstance(said, Done)

    def ana(self, text: str, nonce: str, *, public: bool = True) -> object:
        self.clock.pass_by(minutes=1)
        key = f"agent/{self.ref}/{nonce}"
        return self.executor.speak(self.ref, text, public=public, key=key, customer="", by="ana")

    def read(self) -> list[tuple[Author, bool, str]]:
        return [(one.author, one.public, one.text) for one in self.tickets.ticket(self.ref).value.messages]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with scratch_store(tmp_path) as scratch:
        yield scratch.store


@pytest.fixture(params=["zendesk", "freshdesk", "jira", "deskhand"])
def talk(request: pytest.FixtureRequest, store: SqlStore, clock: Clock) -> Iterator[Talk]:
    def written(ticket: str) -> Sequence[Effect]:
        with store.begin() as tx:
            return tx.ledger.of_ticket(ticket)

    def over(ref: Ref, desk: TicketDesk, writer: TicketWriter, write: Callable[[str], object]) -> Talk:
        shop = Shop(store, clock)
        executor = Executor(shop.gate, store, Writes(shop.bank, {writer.system: writer}), ACTIONS, clock)
        with store.begin() as tx:
            tx.tickets.give_to(str(ref), "ana")
        return Talk(ref, clock, store, executor, WithAgents(desk, written), write)

    if request.param == "deskhand":
        own = Conversations(store.engine, clock, lambda text: text)
        ref = own.open("t1", "maya@example.com", name="Maya", verified=True, subject="Hello", channel="chat")
        own.say(ref, "m1", "Hello")
        yield over(ref, own, own, lambda text: own.say(ref, f"m-{text}", text))
        return
    rig = {"zendesk": ZendeskDesk, "freshdesk": FreshdeskDesk, "jira": JiraDesk}[request.param]()
    ref = rig.customer_writes("Hello")
    yield over(ref, rig.tickets, rig.writer, lambda text: rig.customer_writes(text, ref))
    rig.twin.store.close()


def test_everybody_is_told_apart(talk: Talk) -> None:
    talk.assistant("Let me look.", "reply/1")
    talk.ana("I looked myself.", "1")
    talk.ana("He is annoyed.", "2", public=False)
    talk.customer_writes("Thanks")
    talk.assistant("Handed over.", "note/1", public=False)
    assert talk.read() == [
        (Author.CUSTOMER, True, "Hello"),
        (Author.ASSISTANT, True, "Let me look."),
        (Author.AGENT, True, "I looked myself."),
        (Author.AGENT, False, "He is annoyed."),
        (Author.CUSTOMER, True, "Thanks"),
        (Author.ASSISTANT, False, "Handed over."),
    ]


def test_the_same_words_of_both_are_told_apart_by_their_order(talk: Talk) -> None:
    talk.assistant("One moment.", "reply/1")
    talk.ana("One moment.", "1")
    talk.ana("One moment.", "2", public=False)
    talk.assistant("One moment.", "reply/2")
    assert [one[:2] for one in talk.read()[1:]] == [
        (Author.ASSISTANT, True),
        (Author.AGENT, True),
        (Author.AGENT, False),
        (Author.ASSISTANT, True),
    ]


@pytest.mark.parametrize("text", TEXTS)
def test_words_are_known_again_in_whatever_form_they_come_back(talk: Talk, text: str) -> None:
    talk.assistant("Let me look.", "reply/1")
    talk.ana(text, "1")
    assert [one[0] for one in talk.read()[1:]] == [Author.ASSISTANT, Author.AGENT]


def test_a_customer_who_quotes_an_agent_is_a_customer(talk: Talk) -> None:
    talk.ana("I looked myself.", "1")
    talk.customer_writes("I looked myself.")
    assert [one[0] for one in talk.read()] == [Author.CUSTOMER, Author.AGENT, Author.CUSTOMER]


def test_the_same_key_twice_is_one_message(talk: Talk) -> None:
    first, again = talk.ana("I looked myself.", "1"), talk.ana("I looked myself.", "1")
    assert first == again
    assert len(talk.read()) == 2


def test_whoever_has_not_the_ticket_writes_nothing(talk: Talk) -> None:
    with talk.store.begin() as tx:
        tx.tickets.give_to(str(talk.ref), "tom")
    assert talk.ana("I looked myself.", "1") == Frozen("tom")
    assert len(talk.read()) == 1
    with talk.store.begin() as tx:
        assert tx.ledger.of_ticket(str(talk.ref)) == []

"""A worker that is killed at any boundary: the next one loses nothing, and does nothing twice."""

from collections.abc import Iterable, Iterator
from itertools import count

import pytest
from tests.crash import boundaries, twins
from tests.crash.aftermath import Remembered, remembered, whole
from tests.crash.lives import Lives
from tests.crash.stories import Story, Ticket, deaths, lived

from deskhand.domain.journal_line import Verified
from deskhand.domain.stage import Stage

COUNTS = "counts its commits; tests/engine/test_crash.py kills workers on both"
pytestmark = [pytest.mark.crash, pytest.mark.timeout(900), pytest.mark.sqlite(COUNTS)]

KINDS = (boundaries.BEFORE, boundaries.AFTER, twins.BEFORE, twins.AFTER)
# A life that dies before a commit or before a request leaves what one leaves that dies after what came before: nothing
# differs on the disk nor at the twins. The first story shows that it is so; the others die after each alone.
LEFT = (boundaries.AFTER, twins.AFTER)
CHARGED_TWICE = "I was charged twice for my subscription this month, please give one of them back."
QUESTION = "When will you take the next payment?"
PERSON = "I want to talk to a human being, please."
INVOICE = "Please send me the latest invoice again."
NOTICE = "An AI assistant of Lumen Analytics wrote this reply. You can ask for a person at any time.\n\n"
REFUND, SENT, REPLY, NOTE = [(name, "done") for name in ("refund_charge", "send_invoice", "reply", "note")]
# How often a worker is killed over "charged twice, and a question", at the least.
FEWEST = {boundaries.BEFORE: 20, boundaries.AFTER: 20, twins.BEFORE: 20, twins.AFTER: 3}


@pytest.mark.parametrize("when", KINDS)
def test_alone_it_refunds_once_and_answers_two_messages_once_each_in_order(lives: Lives, when: str) -> None:
    tickets = 0
    for ticket, memory in killed(lives, Story(Stage.AUTONOMOUS, (CHARGED_TWICE, QUESTION)), when, count(1)):
        tickets += 1
        first, second = answers(ticket, 2)
        assert refunded_once(ticket) in first, ticket.place
        assert memory == expected(ticket, (first, second), (REFUND, REPLY, REPLY), resolved=1, answered=1), ticket.place
    assert tickets > FEWEST[when]


@pytest.mark.parametrize("when", LEFT)
def test_with_a_team_lead_it_refunds_once_and_answers_once_what_was_approved(lives: Lives, when: str) -> None:
    for ticket, memory in killed(lives, Story(Stage.ASSISTED, (CHARGED_TWICE,)), when, count(1)):
        (answer,) = answers(ticket, 1)
        assert refunded_once(ticket) in answer, ticket.place
        assert memory == expected(ticket, (answer,), (REFUND, REPLY), resolved=1), ticket.place


@pytest.mark.parametrize("when", LEFT)
def test_a_handoff_is_told_once_to_the_agents_and_once_to_the_customer(lives: Lives, when: str) -> None:
    for ticket, memory in killed(lives, Story(Stage.AUTONOMOUS, (PERSON,)), when, count(1)):
        (answer,), notes = answers(ticket, 1), ticket.written(public=False)
        told = expected(ticket, (answer,), (NOTE, REPLY), owner="queue:support", handed_off=1)
        assert (memory, len(notes)) == (told, 1), ticket.place


@pytest.mark.parametrize("when", LEFT)
def test_an_invoice_is_sent_once_and_told_once(lives: Lives, when: str) -> None:
    for ticket, memory in killed(lives, Story(Stage.AUTONOMOUS, (INVOICE,)), when, count(1)):
        (answer,) = answers(ticket, 1)
        assert ticket.invoices() == 1, ticket.place
        assert memory == expected(ticket, (answer,), (SENT, REPLY), resolved=1), ticket.place


def test_a_worker_that_dies_a_little_later_each_time_comes_through(lives: Lives) -> None:
    story, state = Story(Stage.AUTONOMOUS, (CHARGED_TWICE,)), lives.memory()
    ticket = Ticket(lives.twins, story, state, "again and again")
    died = next(number for number in count() if lived(lives, story, ticket, state, number + 1))
    (answer,) = answers(ticket, 1)
    assert refunded_once(ticket) in answer
    assert remembered(state, ticket.ref) == expected(ticket, (answer,), (REFUND, REPLY), resolved=1)
    assert died >= 5


def killed(lives: Lives, story: Story, when: str, numbers: Iterable[int]) -> Iterator[tuple[Ticket, Remembered]]:
    """Each ticket of `deaths` at its end, and what the desk remembers of it; then the desk as a whole is looked at."""
    state, before, tickets = lives.memory(), _deeds(lives), []
    for ticket in deaths(lives, story, state, when, numbers):
        tickets.append(ticket)
        yield ticket, remembered(state, ticket.ref)
    done = _deeds(lives) - before
    journal, runs, figures = whole(state)
    assert isinstance(journal, Verified)
    assert (runs.queued, runs.running, runs.failed) == (0, 0, 0)
    assert done == figures.effects == sum(len(one.refunds()) + one.invoices() for one in tickets)
    assert figures.tickets == len(tickets)
    assert figures.policy_compliance in (1.0, None)


def _deeds(lives: Lives) -> int:
    return len(lives.twins.refunds()) + lives.twins.sent()


def answers(ticket: Ticket, number: int) -> list[str]:
    """What the customer reads: so many letters and no more, and above the first alone that an AI writes."""
    found = ticket.written(public=True)
    assert len(found) == number, ticket.place
    assert [one.startswith(NOTICE) for one in found] == [place == 0 for place in range(number)], ticket.place
    return [one.removeprefix(NOTICE) for one in found]


def refunded_once(ticket: Ticket) -> str:
    """The id of the one refund: of the later charge, in full, under the effect's own key."""
    refunds, later = ticket.refunds(), ticket.customer.payments[-1]
    assert len(refunds) == 1, ticket.place
    refund = refunds[0]
    key = f"refund/{ticket.ref}/{later.id}"
    assert (refund["charge"], refund["amount"]) == (later.id, later.amount), ticket.place
    assert refund["metadata"] == {"deskhand_effect": key}, ticket.place
    return str(refund["id"])


def expected(
    ticket: Ticket,
    said: tuple[str, ...],
    effects: tuple[tuple[str, str], ...],
    owner: str = "assistant",
    **outcomes: int,
) -> Remembered:
    """Each message filed, run and ended once and in order; each effect done, and told of, once."""
    return Remembered(
        filed=ticket.messages,
        runs=dict.fromkeys(ticket.runs, "SUCCESS"),
        ended=ticket.messages,
        said=said,
        outcomes=outcomes,
        effects=effects,
        done=tuple(action for action, _ in effects),
        owner=owner,
    )

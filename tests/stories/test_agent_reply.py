"""An agent answers from the workspace while lines break: one message, told truly, and read as the agent's."""

import pytest
from tests.stories.asking import FOR_A_PERSON
from tests.stories.lumen import Lumen, Told

from deskhand.domain.effect import EffectState
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Author
from deskhand.workflows.agent_reply import Replied, agent_reply, next_nonce
from deskhand.workflows.reconcile import reconcile_effect
from deskhand.workflows.take_over import give_back, take_over

QUESTION = "How big can a CSV file be?"
ANSWER = "It will be fixed by Friday."


def taken(lumen: Lumen, text: str = QUESTION) -> Told:
    told = lumen.say(lumen.customer("single_charge"), text)
    take_over(lumen.installation.store, told.ticket, lumen.installation.people["ana"], lumen.clock())
    return told


def reply(lumen: Lumen, told: Told, text: str = ANSWER, by: str = "ana", nonce: str = "") -> Replied:
    person = lumen.installation.people[by]
    nonce = nonce or next_nonce(lumen.installation.store, told.ticket, person)
    return agent_reply(lumen.installation.desk, told.ticket, person, text=text, public=True, nonce=nonce)


def authors(lumen: Lumen, told: Told) -> list[Author]:
    ref = Ref.parse(told.ticket)
    return [one.author for one in lumen.installation.desk.desks[ref.system].ticket(ref).value.messages]


def states(lumen: Lumen, told: Told) -> list[EffectState]:
    with lumen.installation.store.begin() as tx:
        return [one.state for one in tx.ledger.of_ticket(told.ticket) if one.by_agent]


@pytest.mark.parametrize("fault", ["drop after", "500 after", "silent"])
def test_an_answer_that_is_lost_is_found_or_sent_again_and_is_one_message(shared: Lumen, fault: str) -> None:
    told = taken(shared)
    before = shared.replies(told.number)
    shared.network.trouble("zendesk PUT", fault)
    first = reply(shared, told)
    again = first if first.sent else reply(shared, told)
    assert again.sent
    assert shared.replies(told.number) == [*before, ANSWER]
    assert states(shared, told) == [EffectState.DONE]
    assert authors(shared, told)[-1] is Author.AGENT


def test_while_nobody_can_tell_the_agent_is_told_so_and_later_it_becomes_certain(shared: Lumen) -> None:
    told = taken(shared)
    shared.network.trouble("zendesk PUT", "drop after")
    shared.network.trouble(f"zendesk GET /api/v2/tickets/{told.number}", "401", after=1)
    unsure = reply(shared, told)
    assert not unsure.sent
    assert unsure.why.startswith("Nobody can tell yet whether it was sent")
    assert states(shared, told)[0].open
    assert shared.network.met("401")
    assert authors(shared, told)[-1] is Author.AGENT  # it is there, and whose it is stands in the ledger
    with shared.installation.store.begin() as tx:
        (key,) = [one.key for one in tx.ledger.of_ticket(told.ticket) if one.by_agent]
    reconcile_effect(shared.installation.desk, key, "0")
    assert states(shared, told) == [EffectState.DONE]
    assert shared.replies(told.number).count(ANSWER) == 1
    assert reply(shared, told, nonce=key.rsplit("/", 1)[1]).sent
    assert shared.replies(told.number).count(ANSWER) == 1


def test_what_was_not_sent_before_somebody_else_took_the_ticket_never_is(shared: Lumen) -> None:
    told = taken(shared)
    shared.network.trouble("zendesk GET", "401")
    assert not reply(shared, told, nonce="nonce-01").sent
    assert states(shared, told)[0].open
    take_over(shared.installation.store, told.ticket, shared.installation.people["tom"], shared.clock())
    refused = reply(shared, told, nonce="nonce-01")
    assert not refused.sent
    assert ANSWER not in shared.replies(told.number)
    assert not any(one.open for one in states(shared, told))


def test_what_an_agent_promised_stands_in_a_later_packet_as_the_agents(shared: Lumen) -> None:
    told = taken(shared)
    assert reply(shared, told).sent
    give_back(shared.installation.store, told.ticket, shared.installation.people["ana"], shared.clock())
    email = shared.installation.desk.desks["zendesk"].ticket(Ref.parse(told.ticket)).value.requester.email
    later = shared.say(email, FOR_A_PERSON["en"][0], told.number)
    assert later.result.handoff is not None
    promises = [one for one in later.result.handoff.promises if "Friday" in one.value]
    assert [one.name for one in promises] == ["agent"]
    assert later.result.handoff.because

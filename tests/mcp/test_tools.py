"""What a person's own assistant may see and propose; and that it never does anything."""

import json
from typing import Any, cast

import pytest
from tests.mcp.client import Client
from tests.stories.lumen import TWICE, Lumen, Told

from deskhand.bootstrap import load_folder
from deskhand.domain.action import Action, Proposal
from deskhand.domain.customer import Unknown
from deskhand.domain.dossier import Dossier
from deskhand.domain.resolution import GiveUp
from deskhand.domain.stage import Stage
from deskhand.domain.suggestion import Person, SuggestionState
from deskhand.domain.understanding import Sentiment, Understanding, Urgency
from deskhand.domain.verdict import Approve
from deskhand.entrypoints.mcp.tools import server_of
from deskhand.ports.reasoning import Brief, CallLog, Tools
from deskhand.workflows.propose import Dictated
from deskhand.workflows.take_over import take_over

REPLY = "I have refunded the second payment of {amount}; the reference is {{{{ receipts.0.id }}}}."


@pytest.fixture
def tom(shared: Lumen) -> Client:
    return Client(shared, "tom")


def read_before(lumen: Lumen) -> tuple[Told, str]:
    """A ticket whose message was read in read-only, with nothing waiting on it, and whose customer it is."""
    email = lumen.customer("double_charge_small")
    told = lumen.say(email, TWICE, stage=Stage.READ_ONLY)
    waits = lumen.suggestion(told.ticket)
    assert lumen.decide(waits, "approved", by="tom").stands
    lumen.settled(waits)
    return told, email


def refund(lumen: Lumen, email: str) -> dict[str, str]:
    second = lumen.charges(email)[0]
    return {"charge": second.ref.id, "amount": str(second.amount)}


def proposed(client: Client, told: Told, arguments: dict[str, str], reply: str = "Done.", **more: str) -> Any:
    asked = {"action": "refund_charge", "procedure": "duplicate-charge"} | more
    return client.call("propose_action", ticket=told.ticket, arguments=arguments, reply=reply, **asked)


def test_a_proposal_waits_for_an_agent_and_nothing_is_done(shared: Lumen, tom: Client) -> None:
    told, email = read_before(shared)
    arguments = refund(shared, email)
    reply = REPLY.format(amount=arguments["amount"])
    done = proposed(tom, told, arguments, reply)

    waits = shared.suggestion(told.ticket)
    assert done["waits_as"] == waits.id
    assert done["verdict"]["effect"] in ("allow", "approve")
    assert waits.resolution.proposals[0].verdict.effect == done["verdict"]["effect"]
    assert waits.stage is not Stage.AUTONOMOUS
    assert (shared.refunds(email), shared.replies(told.number)) == ([], [])
    assert "proposed by tom" in waits.resolution.trace
    lines = shared.installation.queries.timeline(told.ticket)
    (line,) = [one for one in lines if one.kind == "action.proposed"]
    assert line.body["by"] == "tom"


def test_what_an_agent_approves_of_it_is_done_once(shared: Lumen, tom: Client) -> None:
    told, email = read_before(shared)
    arguments = refund(shared, email)
    reply = REPLY.format(amount=arguments["amount"])
    proposed(tom, told, arguments, reply)
    waits = shared.suggestion(told.ticket)
    assert shared.decide(waits, "approved", by="tom").stands
    shared.settled(waits)

    (made,) = shared.refunds(email)
    (said,) = shared.replies(told.number)
    assert made.ref.id in said
    assert arguments["amount"] in said


@pytest.mark.parametrize(
    ("reply", "told_why"),
    [
        ("I have refunded 9,999.00 USD to you; the reference is {{ receipts.0.id }}.", "9,999.00"),
        ("I have cancelled your subscription.", "cancelled"),
        ("Please sign in at https://evil.example/login first.", "evil.example"),
        ("The reference is {{ receipts.3.id }}.", "receipts.3.id"),
        ("", "empty"),
    ],
)
def test_a_reply_without_a_source_makes_no_suggestion(shared: Lumen, tom: Client, reply: str, told_why: str) -> None:
    told, email = read_before(shared)
    done = proposed(tom, told, refund(shared, email), reply)

    assert (done["waits_as"], told_why in done["detail"]) == ("", True)
    assert shared.pending(told.ticket) == []


def test_somebody_elses_charge_is_denied_and_not_described(shared: Lumen, tom: Client) -> None:
    told, _ = read_before(shared)
    theirs = refund(shared, shared.customer("double_charge_small"))
    done = proposed(tom, told, theirs)

    assert (done["waits_as"], done["verdict"]["effect"], done["verdict"]["preview"]) == ("", "deny", "")
    assert shared.pending(told.ticket) == []


def test_what_no_procedure_may_propose_cannot_be_proposed(shared: Lumen, tom: Client) -> None:
    told, email = read_before(shared)
    for action in ("no_such_action", "take_back_credit"):
        done = proposed(tom, told, refund(shared, email), action=action)
        assert "No procedure of this desk" in done["detail"]
        assert done["verdict"] is None

    done = proposed(tom, told, {}, procedure="password-reset")
    assert "may not propose refund_charge" in done["detail"]
    assert "Say under which procedure" in proposed(tom, told, {}, procedure="")["detail"]


def test_on_a_ticket_that_a_person_has_nothing_is_proposed(shared: Lumen, tom: Client) -> None:
    told, email = read_before(shared)
    take_over(shared.installation.store, told.ticket, shared.installation.people["ana"], shared.clock())
    done = proposed(tom, told, refund(shared, email))

    assert "ana has this ticket" in done["detail"]
    assert shared.pending(told.ticket) == []


def test_what_was_handed_to_people_is_theirs_in_read_only_too(shared: Lumen, tom: Client) -> None:
    email = shared.customer("double_charge_small")
    told = shared.say(email, f"{TWICE} My lawyer will sue you.", stage=Stage.READ_ONLY)
    assert shared.owner(told.ticket) == "assistant"
    done = proposed(tom, told, refund(shared, email))

    assert "was handed to people" in done["detail"]
    assert shared.pending(told.ticket) == []


def test_beside_what_waits_already_nothing_is_proposed(shared: Lumen, tom: Client) -> None:
    email = shared.customer("double_charge_small")
    told = shared.say(email, TWICE, stage=Stage.ASSISTED)
    done = proposed(tom, told, refund(shared, email))

    assert shared.suggestion(told.ticket).id in done["detail"]
    assert shared.suggestion(told.ticket).state is SuggestionState.PENDING


def test_a_message_that_has_its_answer_gets_no_other(shared: Lumen, tom: Client) -> None:
    email = shared.customer("double_charge_small")
    told = shared.say(email, TWICE)
    assert len(shared.replies(told.number)) == 1
    done = proposed(tom, told, refund(shared, email))

    assert "has its answer already" in done["detail"]
    assert len(shared.refunds(email)) == 1


def test_a_ticket_is_shown_as_a_brain_sees_it(shared: Lumen, tom: Client) -> None:
    email = shared.customer("single_charge")
    other = "somebody.else@example.net"
    told = shared.say(email, f"Write to {other}, my password is hunter2hunter2. How long does a refund take?")
    seen = tom.call("ticket_context", ticket=told.ticket)

    assert "How long does a refund take?" in seen["last_message"]
    assert "[email" in seen["last_message"]
    for hidden in (other, email, "hunter2hunter2"):
        assert hidden not in json.dumps(seen)
    assert seen["customer"] == {"known": True, "verified": True}
    assert {"name": "billing.charges", "arguments": {"days": "whole number"}}.items() <= next(
        one for one in seen["look_ups"] if one["name"] == "billing.charges"
    ).items()
    assert "refund_charge" in [one["action"] for one in seen["may_be_proposed"]]


def test_look_ups_are_of_the_tickets_own_customer(shared: Lumen, tom: Client) -> None:
    told, email = read_before(shared)
    found = tom.call("look_up", ticket=told.ticket, name="billing.charges", arguments={"days": "60"})

    assert len(found["rows"]) == len(shared.charges(email))
    for arguments in ({}, {"days": "many"}, {"days": "60", "customer": "cus_000001"}):
        told_why = tom.refused("look_up", ticket=told.ticket, name="billing.charges", arguments=arguments)
        assert 'takes {"days": "whole number"}. Nothing was asked.' in told_why
    assert "no look-up" in tom.refused("look_up", ticket=told.ticket, name="billing.everything")


def test_of_somebody_who_is_not_verified_nothing_is_told(shared: Lumen, tom: Client) -> None:
    told = shared.say("nobody.we.know@example.com", TWICE)
    seen = tom.call("ticket_context", ticket=told.ticket)

    assert (seen["customer"]["verified"], seen["facts"], seen["look_ups"]) == (False, [], [])
    assert "not verified" in tom.refused("look_up", ticket=told.ticket, name="billing.subscription")


def test_a_ticket_that_this_desk_was_not_told_of_is_not_read(shared: Lumen, tom: Client) -> None:
    number = shared.number(shared.write(shared.customer("single_charge"), "Hello"))
    for ticket in (f"zendesk:ticket:{number}", "zendesk:ticket:987654", "nowhere:ticket:1", "zendesk", "", "a:b:c:d"):
        assert "There is no ticket" in tom.refused("ticket_context", ticket=ticket)
        assert "There is no ticket" in tom.refused("look_up", ticket=ticket, name="billing.subscription")


def test_what_is_for_agents_only_is_not_found(shared: Lumen, tom: Client) -> None:
    found = tom.call("search_knowledge", question="How long does a refund take?")

    assert any("business days" in one["text"] for one in found["passages"])
    articles = load_folder(shared.installation.settings).articles
    inside = {one.source for one in articles if one.audience == "internal"}
    assert inside
    for source in inside:
        hits = tom.call("search_knowledge", question=source.replace("/", " ").replace("-", " "))
        assert inside.isdisjoint(one["source"] for one in hits["passages"])


def test_whoever_has_no_role_may_search_and_does_not_see_the_other_tools(shared: Lumen) -> None:
    server = server_of(shared.installation, Person("guest", frozenset()))
    told, _ = read_before(shared)

    assert set(server.tools) == {"search_knowledge"}
    call = {"name": "ticket_context", "arguments": {"ticket": told.ticket}}
    answer = server.answer({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call})
    assert answer is not None
    assert "no such tool" in answer["error"]["message"]


def test_a_system_that_does_not_answer_is_told_in_a_sentence(shared: Lumen, tom: Client) -> None:
    told, _ = read_before(shared)
    shared.network.trouble("zendesk GET", "500", times=8)
    why = tom.refused("ticket_context", ticket=told.ticket)
    for one in shared.network.troubles:
        one.times = 0

    assert "did not answer" in why
    assert "Nothing was done" in why


def test_a_proposal_of_whoever_is_asked_for_other_eyes_is_sent_to_the_workspace(shared: Lumen) -> None:
    """Whoever asks through their own assistant would be one of the eyes."""

    class FourEyes:
        def propose(self, action: Action) -> Proposal:
            return Proposal(action, "key", "digest", Approve("large", ("agent", "agent"), four_eyes=True), "")

    blank = Understanding("en", (), Sentiment.CALM, Urgency.NORMAL, (), wants_human=False)
    brief = Brief("Hello", blank, Dossier(Unknown(), (), ()), (), {})
    told = Dictated(Action("refund_charge", {}), "Done.", "duplicate-charge", "tom")
    made = told.plan(brief, cast(Tools, FourEyes()), cast(CallLog, None))

    assert isinstance(made, GiveUp)
    assert "other eyes" in made.because

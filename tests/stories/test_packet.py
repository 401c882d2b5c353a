"""What people get with a ticket: of the whole conversation, with its sources; and whether they ask for it again."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from shutil import copytree

import pytest
from tests.api.visitor import cookie
from tests.stories.lumen import TWICE, Lumen, Told, apart, opened
from tests.stories.mailbox import Mailbox

from deskhand.domain.customer import Strength
from deskhand.domain.handoff import Handoff
from deskhand.domain.ref import Ref
from deskhand.domain.stage import Stage
from deskhand.domain.ticket import Author
from deskhand.entrypoints.conversation import further, written
from deskhand.escalation.note import note
from deskhand.measurement.metrics import metrics
from deskhand.understanding.redact import redact
from deskhand.workflows.import_history import import_feed
from deskhand.workflows.poll_tickets import poll
from deskhand.workflows.take_in import run_key, take_in

PERSON = "I want to talk to a person, please."
MOVE = "Please change the billing e-mail of our account to accounting@new-owner.example"


@pytest.fixture(scope="module")
def desk(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lumen]:
    """One that can send codes."""
    folder = copytree(prepared, tmp_path_factory.mktemp("packet") / "desk")
    with opened(folder, apart, Mailbox(), finished=True) as lumen:
        yield lumen


def packet(told: Told) -> Handoff:
    assert told.result.handoff is not None
    return told.result.handoff


def test_what_was_said_done_and_promised_before_is_in_the_packet(desk: Lumen) -> None:
    email = desk.customer("double_charge_small")
    first = desk.say(email, f"{TWICE} It is about order LM-48213 and I cleared the browser cache.")
    (refund,) = desk.refunds(email)
    told = desk.say(email, PERSON, first.number)
    found = packet(told)
    said = {one.value: one for one in found.stated}
    assert "It is about order LM-48213 and I cleared the browser cache." in said
    assert said["It is about order LM-48213 and I cleared the browser cache."].name == "number, tried"
    assert said[TWICE].source.startswith("the customer, 20")
    assert [one.id for one in found.done] == [refund.ref.id]
    assert str(refund.amount) in found.deeds[0]
    assert refund.ref.id in found.deeds[0]
    assert any("days" in one.value for one in found.promises), found.promises
    assert (found.channel, found.trend) == ("email", "steady")
    assert desk.notes(told.number)[-1] == note(found)


def test_a_request_that_no_reply_settled_is_still_told(desk: Lumen) -> None:
    email = desk.customer("double_charge_small")
    first = desk.say(email, TWICE, stage=Stage.ASSISTED)
    told = desk.say(email, PERSON, first.number)
    assert any("charged twice" in one for one in packet(told).requests)
    assert "charged twice" in packet(told).open_question


def test_policy_is_told_with_the_values_that_led_to_it(desk: Lumen) -> None:
    told = desk.say(desk.customer("single_charge"), PERSON)
    assert packet(told).policy[0].startswith("this message: escalate by ")
    assert "signal.wants_human is " in packet(told).policy[0]


def test_a_rejected_plan_is_told_with_what_policy_had_said_of_it(desk: Lumen) -> None:
    told = desk.say(desk.customer("double_charge_small"), TWICE, stage=Stage.ASSISTED)
    suggestion = desk.suggestion(told.ticket)
    assert desk.decide(suggestion, "rejected", by="tom", text="not now").stands
    given = desk.settled(suggestion).handoff
    assert given is not None
    assert given.policy[0].startswith("this message: allow by ")
    assert given.policy[1].startswith("Refund 29.00 USD of charge ch_")
    assert given.policy[1].endswith(": allow by refunds, because the rule names no condition")


def test_who_it_is_is_told_with_how_it_is_known(desk: Lumen) -> None:
    email = desk.customer("single_charge")
    asked = desk.say(email, MOVE)
    known = desk.say(email, f"{desk.mailbox.code(email)} but {PERSON}", asked.number)
    stranger = desk.say("nobody.at.all@example.net", PERSON)
    assert packet(known).who.strength is Strength.PROVEN
    assert packet(known).who.proven_at is not None
    assert "proven by a one-time code at" in desk.notes(known.number)[-1]
    assert desk.mailbox.code(email) not in desk.notes(known.number)[-1]
    assert packet(stranger).who.strength is Strength.UNKNOWN


def test_the_page_says_what_the_note_says(desk: Lumen) -> None:
    told = desk.say(desk.customer("single_charge"), f"<b>Order LM-777</b> is late. {PERSON}")
    who = cookie(desk, "ana")
    page = desk.http.get(f"/handoffs/{told.ticket}", headers=who)
    assert page.status_code == 200
    assert "<b>Order" not in page.text
    for words in ("Next step", "They said", "&lt;b&gt;Order LM-777&lt;/b&gt; is late.", f"/inbox/{told.ticket}"):
        assert words in page.text
    assert f"/handoffs/{told.ticket}" in desk.http.get(f"/inbox/{told.ticket}?view=people", headers=who).text
    assert "Context kept in handoffs" in desk.http.get("/dashboard/numbers", headers=who).text


def test_what_is_written_after_a_handoff_is_on_the_page_and_a_system_that_is_away_is_told_of(desk: Lumen) -> None:
    email = desk.customer("single_charge")
    told = desk.say(email, PERSON)
    who, address = cookie(desk, "ana"), f"/handoffs/{told.ticket}"
    assert "Said since" not in desk.http.get(address, headers=who).text
    desk.say(email, "By the way, the order is LM-31337.", told.number)
    page = desk.http.get(address, headers=who).text
    assert "Said since" in page
    assert "the order is LM-31337." in page
    desk.network.trouble(f"/tickets/{told.number}", "404")
    away = desk.http.get(address, headers=who)
    assert away.status_code == 200
    assert "does not tell what was written since" in away.text


def test_there_is_no_page_without_a_handoff_and_none_for_strangers(desk: Lumen) -> None:
    told = desk.say(desk.customer("single_charge"), "How big can a CSV file be?")
    for ticket in (told.ticket, "zendesk:ticket:777777"):
        assert desk.http.get(f"/handoffs/{ticket}", headers=cookie(desk, "ana")).status_code == 404
    # PostgreSQL holds no zero byte: there it is told that this makes no sense.
    assert desk.http.get("/handoffs/%00", headers=cookie(desk, "ana")).status_code in (404, 422)
    assert desk.http.get(f"/handoffs/{told.ticket}").status_code == 401


def wrote(lumen: Lumen, ticket: str) -> list[tuple[list[str], list[str]]]:
    lines = [one.body for one in lumen.installation.queries.timeline(ticket) if one.kind == "agent.wrote"]
    return [(one["asks"], one["again"]) for one in lines]


def test_an_agent_who_asks_for_what_stands_in_the_packet_is_seen_once(desk: Lumen) -> None:
    email, twin = desk.customer("single_charge"), desk.installation.systems.zendesk_twin
    assert twin is not None
    told = desk.say(email, f"My order LM-48213 never came. {PERSON}")
    twin.annotate(told.number, "Could you please send me your order number? And when was it ordered?", public=True)
    twin.annotate(told.number, "Never mind their order number?", public=False)
    for text in ("It is LM-48213, as I said.", "Hello?"):
        desk.say(email, text, told.number)
    assert wrote(desk, told.ticket) == [(["number", "date"], ["number"])]
    assert "LM-48213" not in str([one.body for one in desk.installation.queries.timeline(told.ticket)])
    other = desk.say(email, f"My order never came. {PERSON}")
    twin.annotate(other.number, "I am looking into it.", public=True)
    desk.say(email, "Thanks", other.number)
    numbers = metrics(one for each in (told, other) for one in desk.installation.queries.timeline(each.ticket))
    assert (numbers.agents_seen, numbers.repeat_questions) == (2, 0.5)
    assert (numbers.handoff_context, numbers.handoffs_with_90) == (1.0, 1.0)


def test_polling_sees_an_agent_whom_no_customer_answers(desk: Lumen) -> None:
    twin, systems = desk.installation.systems.zendesk_twin, desk.installation.systems
    assert twin is not None
    told = desk.say(desk.customer("single_charge"), f"Order LM-1234 is late. {PERSON}")
    feed = systems.feeds["zendesk"]
    poll(feed, systems.tickets["zendesk"], desk.installation.store, lambda: desk.clock() - timedelta(hours=1))
    twin.annotate(told.number, "What is your order number?", public=True)
    for _ in range(2):
        poll(feed, systems.tickets["zendesk"], desk.installation.store, desk.clock)
    assert wrote(desk, told.ticket) == [(["number"], ["number"])]


def test_an_import_sees_them_too_and_only_on_tickets_that_were_handed_over(desk: Lumen) -> None:
    email, systems = desk.customer("single_charge"), desk.installation.systems
    twin = systems.zendesk_twin
    assert twin is not None
    told, other = desk.say(email, f"Order LM-1234 is late. {PERSON}"), desk.say(email, "How big can a CSV file be?")
    for one in (told, other):
        twin.annotate(one.number, "When did this happen, and what is your order number?", public=True)
    store, feed = desk.installation.store, systems.feeds["zendesk"]
    list(import_feed(feed, systems.tickets["zendesk"], store, redact, desk.clock))
    assert wrote(desk, told.ticket) == [(["number", "date"], ["number"])]
    assert wrote(desk, other.ticket) == []


def test_an_agents_words_before_the_handoff_and_on_other_tickets_are_no_repeated_question(desk: Lumen) -> None:
    first = written(
        desk.installation, "How big can a CSV file be?", email=desk.customer("single_charge"), channel="chat"
    )
    take_in(desk.installation.store, first)
    desk.installation.wait(run_key(first), 30)
    hosted = desk.installation.conversations
    hosted.say(Ref.parse(first.ticket), "a1", "What is your order number?", author=Author.AGENT)
    second = further(desk.installation, first.ticket, f"It is LM-5555. {PERSON}", channel="chat")
    take_in(desk.installation.store, second)
    assert desk.installation.wait(run_key(second), 30).handoff is not None
    assert wrote(desk, first.ticket) == []

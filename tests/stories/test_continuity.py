"""One customer on several channels: one answer to a matter, and a conversation that may move without starting anew."""

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from shutil import copytree
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.api.visitor import cookie
from tests.connectors.test_widget_token import token
from tests.stories.lumen import TWICE, WAIT, Lumen, apart, opened
from tests.stories.mailbox import Mailbox
from tests.stories.test_memory import AT_THE_OFFICE, CANCEL, PARCEL, WHICH

from deskhand.connectors.slack.twin import CHANNEL, SlackTwin
from deskhand.domain.outcome import RunOutcome, RunResult
from deskhand.settings import ChannelsTable, Settings, SlackTable, WidgetTable
from deskhand.workflows.carry_out import commit
from deskhand.workflows.consider import Way, consider
from deskhand.workflows.hear import hear
from deskhand.workflows.one_answer import elsewhere, say_where

SECRET = "n" * 40
WHERE = "where is my parcel?"
HERE_BEFORE, WITH_PEOPLE = "You wrote to us about this before", "A colleague has had this since"
LATIN = "can you translate our website into Latin?"


ACCESS = """id: access-log
title: Who signed in
when: The customer wants to know who signed in to their account.
examples:
  - who signed in to my account
  - show me the sign-ins of my account
  - who has used my login lately
  - list the last sign-ins
  - did somebody else sign in as me
  - from where was my account signed in to
requires: [customer.proven]
steps:
  - say: Nobody signed in but you.
    end: answered
"""
SIGNED_IN, ONLY_YOU = "who signed in to my account lately?", "Nobody signed in but you"


def with_channels(settings: Settings) -> Settings:
    settings = apart(settings)
    channels = ChannelsTable(slack=SlackTable(twin=True, channels=[CHANNEL]))
    table = settings.table.model_copy(update={"channels": channels, "widget": WidgetTable(audience="lumen")})
    return replace(settings, table=table, secrets={**settings.secrets, "DESKHAND_WIDGET_SECRET": SECRET})


@pytest.fixture(scope="module")
def desk(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lumen]:
    """Lumen with a procedure that asks for something, a chat on its site, and Slack."""
    folder = copytree(prepared, tmp_path_factory.mktemp("continuity") / "desk")
    (folder / "procedures" / "parcel.yaml").write_text(PARCEL, "utf-8")
    (folder / "procedures" / "access-log.yaml").write_text(ACCESS, "utf-8")
    with opened(folder, with_channels, Mailbox(), finished=True) as lumen:
        yield lumen


@dataclass(frozen=True)
class Chat:
    """The company's own site, where this customer is signed in."""

    desk: Lumen
    email: str
    id: str

    @property
    def ticket(self) -> str:
        return next(row.ticket for row in self.desk.installation.queries.tickets(1_000) if row.ticket.endswith(self.id))

    def say(self, text: str) -> RunResult:
        at, message = int(self.desk.clock().timestamp()), uuid4().hex
        claims = {"sub": self.email, "name": "Ada", "aud": "lumen", "iat": at, "exp": at + 300, "jti": uuid4().hex}
        given = {"authorization": f"Bearer {token(claims, secret=SECRET)}"}
        body = {"conversation": self.id, "message": message, "text": text}
        got = self.desk.http.post("/widget/messages", json=body, headers=given)
        assert got.status_code == 202, got.text
        ticket = self.ticket
        with self.desk.installation.store.begin() as tx:
            line = tx.journal.of_ticket(ticket, ["message.received"])[-1]
        return self.desk.installation.wait(f"message/{ticket}/{line.body['message']}", WAIT)


def chat(desk: Lumen, email: str) -> Chat:
    return Chat(desk, email, uuid4().hex)


def chatted(desk: Lumen, email: str, *texts: str) -> None:
    """A conversation that came to its end there."""
    talk = chat(desk, email)
    *_, last = [talk.say(one) for one in texts]
    assert last.outcome is RunOutcome.ANSWERED, last.reply


def slack(desk: Lumen, user: str, text: str, thread: str = "") -> tuple[str, list[str]]:
    """Its thread, and all that was said there."""
    twin = desk.installation.channels.slack_twin
    assert isinstance(twin, SlackTwin)
    signed = twin.receive(user, text, thread)
    assert desk.http.post("/hooks/slack", headers=signed[0], content=signed[1]).status_code == 202
    desk.eventually(desk.installation.engine.idle)
    ts = thread or str(json.loads(signed[1])["event"]["ts"])
    return ts, [one["text"] for one in twin.thread(ts)]


def member(desk: Lumen, email: str) -> str:
    twin, user = desk.installation.channels.slack_twin, f"U{uuid4().hex[:8].upper()}"
    assert isinstance(twin, SlackTwin)
    twin.add_user(user, "Ada", email)
    return user


def later(desk: Lumen, minutes: int) -> None:
    desk.clock.ahead += timedelta(minutes=minutes)


# -- two channels at once -----------------------------------------------------------------------------------


def test_a_refund_that_is_asked_for_on_two_channels_is_given_and_told_once(desk: Lumen) -> None:
    email = desk.customer("double_charge_small")
    first = chat(desk, email)
    done, again = first.say(TWICE), desk.say(email, TWICE)

    assert done.outcome is RunOutcome.RESOLVED
    assert len(desk.refunds(email)) == 1
    (letter,) = desk.replies(again.number)
    assert HERE_BEFORE in letter
    assert "chat" in letter
    assert again.result.actions == ()
    refund = done.actions[0].receipt
    assert refund is not None
    assert refund.id not in letter
    for ticket in (again.ticket, first.ticket):
        assert "tickets.linked" in desk.kinds(ticket)


def test_two_workers_at_once_give_one_full_answer(desk: Lumen) -> None:
    email = desk.customer("double_charge_small")
    signed = [desk.write(email, TWICE) for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(desk.deliver, signed))
    told = [desk.told(one).result for one in signed]

    assert sorted(HERE_BEFORE in one.reply for one in told) == [False, True]
    assert len(desk.refunds(email)) == 1


def test_another_matter_of_the_same_customer_is_answered_as_ever(desk: Lumen) -> None:
    email = desk.customer("double_charge_small")
    chat(desk, email).say(TWICE)
    told = desk.say(email, "How big may a CSV file be?")
    more = desk.say(email, f"{TWICE} And how do I invite a colleague to my workspace?")

    assert HERE_BEFORE not in told.result.reply
    assert "CSV" in told.result.reply
    assert HERE_BEFORE not in more.result.reply


def test_the_same_question_in_nearly_the_same_words_is_answered_once(desk: Lumen) -> None:
    email = desk.customer("single_charge")
    first = chat(desk, email).say("How big may a CSV file be?")
    told = desk.say(email, "how big may a CSV file be")

    assert HERE_BEFORE not in first.reply
    assert HERE_BEFORE in told.result.reply


def test_the_same_is_answered_again_when_some_time_has_passed(desk: Lumen) -> None:
    email = desk.customer("single_charge")
    first = chat(desk, email).say("How big may a CSV file be?")
    later(desk, 11)
    told = desk.say(email, "How big may a CSV file be?")

    assert first.citations
    assert HERE_BEFORE not in told.result.reply
    assert told.result.citations == first.citations


def test_who_asks_for_a_person_is_not_sent_to_another_channel(desk: Lumen) -> None:
    email = desk.customer("double_charge_small")
    chat(desk, email).say(TWICE)
    told = desk.say(email, f"{TWICE} Get me a human please.")

    assert told.result.handoff is not None
    assert told.result.handoff.reason == "asked"


def test_a_stranger_with_the_same_words_is_told_of_nobody_elses_conversation(desk: Lumen) -> None:
    email, other = desk.customer("double_charge_small"), desk.customer("double_charge_small")
    chat(desk, email).say(TWICE)
    told = desk.say(other, TWICE)
    _, said = slack(desk, member(desk, "nobody@elsewhere.example"), TWICE)

    assert HERE_BEFORE not in told.result.reply
    assert len(desk.refunds(other)) == 1
    assert not any(HERE_BEFORE in one for one in said)


def test_a_weaker_channel_learns_nothing_of_the_other_one(desk: Lumen) -> None:
    email = desk.customer("double_charge_small")
    refund = chat(desk, email).say(TWICE).actions[0].receipt
    _, said = slack(desk, member(desk, email), TWICE)

    assert refund is not None
    assert len(said) == 2
    assert not any(word in said[1] for word in (HERE_BEFORE, "chat", refund.id, "29.00"))


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations([0, 0, 0, 0, 1, 1, 1, 1]))
def test_in_any_order_of_their_steps_two_messages_get_one_full_answer(desk: Lumen, order: list[int]) -> None:
    email = desk.customer("double_charge_small")
    told: list[RunResult | None] = [None, None]
    running = [_by_hand(desk, email, place, told) for place in range(2)]
    for place in order:
        next(running[place], None)

    assert all(told)
    assert sorted(HERE_BEFORE in one.reply for one in told if one) == [False, True]
    assert len(desk.refunds(email)) == 1


def _by_hand(desk: Lumen, email: str, place: int, told: list[RunResult | None]) -> Iterator[None]:
    """`resolve_message`, step by step."""
    made = desk.installation
    ref = made.conversations.open(uuid4().hex[:12], email, name="Ada", verified=True, subject="", channel="chat")
    made.conversations.say(ref, f"m{ref.id}", TWICE)
    ticket, message = str(ref), f"m{ref.id}"
    heard = hear(made.desk, ticket, message)
    yield
    considered = consider(made.desk, heard, {}, "autonomous")
    assert considered.way is Way.COMMIT
    yield
    there = elsewhere(made.desk, heard, considered)
    yield
    result = say_where(made.desk, heard, considered, there) if there else commit(made.desk, heard, considered, None)
    assert isinstance(result, RunResult)
    told[place] = result
    yield


# -- a conversation that moves ------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["5521", "As I wrote in the chat, I miss my parcel. The order number is 5521"])
def test_an_open_question_is_answered_on_another_channel(desk: Lumen, text: str) -> None:
    email = desk.customer("double_charge_large")
    first = chat(desk, email)
    asked = first.say(WHERE)
    told = desk.say(email, text)

    assert WHICH in asked.reply
    assert AT_THE_OFFICE in told.result.reply
    assert desk.kinds(first.ticket).count("conversation.moved") == 1
    assert "conversation.moved" in desk.kinds(told.ticket)


def test_a_question_that_was_answered_elsewhere_is_open_no_more(desk: Lumen) -> None:
    email = desk.customer("double_charge_large")
    chat(desk, email).say(WHERE)
    desk.say(email, "5521")
    again = desk.say(email, "5521")

    assert AT_THE_OFFICE not in again.result.reply


def test_an_old_question_is_not_taken_up(desk: Lumen) -> None:
    email = desk.customer("double_charge_large")
    chat(desk, email).say(WHERE)
    later(desk, 8 * 24 * 60)
    told = desk.say(email, "5521")

    assert AT_THE_OFFICE not in told.result.reply


def test_what_was_said_on_another_channel_is_not_asked_again_and_is_told(desk: Lumen) -> None:
    email = desk.customer("double_charge_large")
    chatted(desk, email, WHERE, "5521")
    later(desk, 60)
    told = desk.say(email, "As I wrote already: where is my parcel?")

    assert AT_THE_OFFICE in told.result.reply
    assert WHICH not in told.result.reply
    assert "that you gave us on" in told.result.reply
    assert "5521" in told.result.reply


def test_a_new_wish_may_be_about_another_order_and_is_asked_for(desk: Lumen) -> None:
    email = desk.customer("double_charge_large")
    chatted(desk, email, WHERE, "5521")
    later(desk, 60)
    told = desk.say(email, WHERE)

    assert WHICH in told.result.reply


def test_who_is_only_claimed_takes_nothing_along_before_a_code_comes_back(desk: Lumen) -> None:
    email = desk.customer("double_charge_large")
    chatted(desk, email, WHERE, "5521")
    thread, said = slack(desk, member(desk, email), "As I wrote already: where is my parcel?")

    assert not any(word in said[-1] for word in (AT_THE_OFFICE, "gave us", "chat"))
    assert desk.mailbox.to(email)

    twin = desk.installation.channels.slack_twin
    assert isinstance(twin, SlackTwin)
    user = next(one["user"] for one in twin.thread(thread) if "user" in one)
    _, said = slack(desk, user, desk.mailbox.code(email), thread)
    assert AT_THE_OFFICE in said[-1]


def test_a_stranger_answers_nobody_elses_question(desk: Lumen) -> None:
    chat(desk, desk.customer("double_charge_large")).say(WHERE)
    told = desk.say(desk.customer("double_charge_large"), "5521")

    assert AT_THE_OFFICE not in told.result.reply


def test_a_yes_on_another_channel_permits_nothing_and_the_open_question_is_told(desk: Lumen) -> None:
    email, before = desk.customer("single_charge"), desk.network.count("stripe POST /v1/subscriptions")
    chat(desk, email).say(CANCEL)
    desk.say(email, "yes")
    assert desk.network.count("stripe POST /v1/subscriptions") == before

    later(desk, 30)
    told = desk.say(email, CANCEL)
    assert told.result.outcome is RunOutcome.ASKED
    assert "It is enough to answer here" in told.result.reply
    done = desk.say(email, "yes", told.number)
    assert done.result.outcome is RunOutcome.RESOLVED


def test_a_proof_moves_to_a_channel_that_vouches_for_the_customer_and_to_no_weaker_one(desk: Lumen) -> None:
    email = desk.customer("double_charge_large")
    first = chat(desk, email)
    asked = first.say(SIGNED_IN)
    assert ONLY_YOU not in asked.reply
    assert ONLY_YOU in first.say(desk.mailbox.code(email)).reply

    later(desk, 11)
    assert ONLY_YOU in desk.say(email, SIGNED_IN).result.reply
    assert len(desk.mailbox.to(email)) == 1
    _, said = slack(desk, member(desk, email), SIGNED_IN)
    assert ONLY_YOU not in said[-1]
    assert len(desk.mailbox.to(email)) == 2

    later(desk, 30)
    assert ONLY_YOU not in desk.say(email, SIGNED_IN).result.reply


# -- promises -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [LATIN, "any news?"])
def test_what_people_have_is_theirs_on_every_channel_and_told_once(desk: Lumen, text: str) -> None:
    email = desk.customer("single_charge")
    first = desk.say(email, LATIN)
    assert first.result.handoff is not None
    later(desk, 60)
    second = chat(desk, email)
    told, again = second.say(text), second.say(f"{text} ")

    assert WITH_PEOPLE in told.reply
    assert (told.outcome, again.outcome, again.reply) == (RunOutcome.HANDED_OFF, RunOutcome.HANDED_OFF, "")
    notes = [one for one in desk.notes(first.number) if "wrote again" in one]
    assert len(notes) == 2
    assert text in notes[0]
    assert desk.owner(second.ticket) == "assistant"


def test_what_is_not_for_those_people_is_answered_while_they_have_the_rest(desk: Lumen) -> None:
    email = desk.customer("single_charge")
    desk.say(email, LATIN)
    told = chat(desk, email).say("How big may a CSV file be?")

    assert WITH_PEOPLE not in told.reply
    assert told.citations


# -- the timeline -------------------------------------------------------------------------------------------


def test_agents_see_everything_of_a_customer_on_one_page(desk: Lumen) -> None:
    email = desk.customer("double_charge_small")
    talk = chat(desk, email)
    refund = talk.say(TWICE).actions[0].receipt
    assert refund is not None
    second, third = desk.say(email, TWICE), desk.say(email, "<b>How big may a CSV file be?</b>")
    slack(desk, member(desk, email), "How big may a CSV file be?")

    ticket = desk.http.get(f"/tickets/{second.ticket}", headers=cookie(desk, "ana")).text
    (address,) = re.findall(r'href="(/customers/[^"]+)"', ticket)
    page = desk.http.get(address, headers=cookie(desk, "ana")).text
    customer = address.removeprefix("/customers/")
    contacts = desk.installation.queries.contacts(customer, 10)

    assert f'The same matter: <a class="link" href="/inbox/{talk.ticket}"' in ticket
    assert [one.channel for one in contacts] == ["slack", "email", "email", "widget"]
    assert [one.verified for one in contacts] == [False, True, True, True]
    assert [one.ticket for one in contacts[1:]] == [third.ticket, second.ticket, talk.ticket]
    assert page.index(third.ticket) < page.index(second.ticket) < page.index(talk.ticket)
    assert page.count(refund.id) == 1
    assert "only claimed" in page
    assert "<b>How" not in page
    assert desk.installation.queries.contacts(customer, 10, contacts[1].number) == contacts[2:]


def test_nobody_without_a_token_sees_a_customer_and_nobody_sees_one_that_is_not_there(desk: Lumen) -> None:
    assert desk.http.get("/customers/stripe:customer:cus_1").status_code == 401
    assert desk.http.get("/customers/nobody", headers=cookie(desk, "ana")).status_code == 404

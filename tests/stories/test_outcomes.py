"""How tickets close, how they end, and who is reminded of what we asked."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from shutil import copytree
from typing import Any
from uuid import uuid4

import httpx2
import pytest
from tests.connectors.test_widget_token import token
from tests.stories.endings import endings
from tests.stories.lumen import TWICE, Lumen, apart, opened
from tests.stories.mailbox import Mailbox
from tests.stories.test_channel_email import RECEIVER, Post, text_of
from tests.stories.test_continuity import SECRET, Chat, chat
from tests.stories.test_memory import PARCEL

from deskhand.connectors.imap.twin import ImapTwin
from deskhand.domain.journal_line import JournalLine
from deskhand.domain.outcome import RunOutcome
from deskhand.domain.pause import Pause
from deskhand.domain.read import Read
from deskhand.domain.ref import Ref
from deskhand.domain.stage import Stage
from deskhand.domain.suggestion import Person
from deskhand.domain.ticket import Ticket
from deskhand.measurement.ledger_of_outcomes import ledger
from deskhand.measurement.outcomes import Handler, TicketOutcome
from deskhand.ports.reads import TicketDesk
from deskhand.settings import ChannelsTable, EmailTable, Settings, WidgetTable
from deskhand.workflows.close_quiet import Looked, close_quiet, look
from deskhand.workflows.desk import Desk
from deskhand.workflows.take_over import take_over

WHERE = "where is my parcel?"
HALF_AN_HOUR, THREE_DAYS, WEEK = timedelta(minutes=30), timedelta(hours=72), timedelta(days=7)
ANA = Person("ana", frozenset({"agent"}))


def with_letters(settings: Settings) -> Settings:
    settings = apart(settings)
    channels = ChannelsTable(email=EmailTable(twin=True, receiver=RECEIVER))
    table = settings.table.model_copy(update={"channels": channels, "widget": WidgetTable(audience="lumen")})
    return replace(settings, table=table, secrets={**settings.secrets, "DESKHAND_WIDGET_SECRET": SECRET})


@pytest.fixture(scope="module")
def desk(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lumen]:
    """Lumen with a chat on its site, a mailbox, and a procedure that asks for something."""
    folder = copytree(prepared, tmp_path_factory.mktemp("outcomes") / "desk")
    (folder / "procedures" / "parcel.yaml").write_text(PARCEL, "utf-8")
    with opened(folder, with_letters, Mailbox(), finished=True) as lumen:
        yield lumen


def lines(lumen: Lumen, ticket: str, kind: str) -> list[JournalLine]:
    return [line for line in lumen.installation.queries.timeline(ticket) if line.kind == kind]


def at(lumen: Lumen, moment: datetime) -> Desk:
    """The desk at exactly this time."""
    return replace(lumen.installation.desk, clock=lambda: moment)


def said(lumen: Lumen, ticket: str) -> datetime:
    """When the last message ended."""
    return lines(lumen, ticket, "message.ended")[-1].at


def by_day(moment: datetime) -> datetime:
    """The first ten o'clock after it."""
    ten = moment.replace(hour=10, minute=0, second=0, microsecond=0)
    return ten if ten > moment else ten + timedelta(days=1)


def quiet(lumen: Lumen, ticket: str) -> datetime:
    """The timer of this ticket closes it; when."""
    moment = by_day(said(lumen, ticket) + THREE_DAYS)
    assert look(at(lumen, moment), ticket) is Looked.CLOSED
    return moment


def press(talk: Chat, solved: Any) -> httpx2.Response:
    now = int(talk.desk.clock().timestamp())
    claims = {"sub": talk.email, "name": "Ada", "aud": "lumen", "iat": now, "exp": now + 300, "jti": uuid4().hex}
    given = {"authorization": f"Bearer {token(claims, secret=SECRET)}"}
    return talk.desk.http.post(f"/widget/conversations/{talk.id}/solved", json={"solved": solved}, headers=given)


def state(lumen: Lumen, ticket: str, moment: datetime) -> TicketOutcome:
    """Of the first stretch of this ticket."""
    return endings(lumen.installation, moment).states[ticket][0]


# -- the timer --------------------------------------------------------------------------------------------


def test_a_chat_closes_half_an_hour_after_our_last_message_and_not_before(desk: Lumen) -> None:
    talk = chat(desk, desk.customer("double_charge_small"))
    assert talk.say(TWICE).outcome is RunOutcome.RESOLVED
    due = said(desk, talk.ticket) + HALF_AN_HOUR
    assert look(at(desk, due - timedelta(microseconds=1)), talk.ticket) is Looked.OPEN
    assert look(at(desk, due), talk.ticket) is Looked.CLOSED
    (line,) = lines(desk, talk.ticket, "ticket.closed")
    assert (line.at, line.body["by"]) == (due, "timer")
    assert state(desk, talk.ticket, due) is TicketOutcome.CONTAINED
    assert state(desk, talk.ticket, due + WEEK) is TicketOutcome.VERIFIED


def test_on_other_channels_the_timer_runs_for_three_days(desk: Lumen) -> None:
    told = desk.say(desk.customer("double_charge_small"), TWICE)
    due = said(desk, told.ticket) + THREE_DAYS
    assert look(at(desk, due - timedelta(microseconds=1)), told.ticket) is Looked.OPEN
    assert look(at(desk, due), told.ticket) is Looked.CLOSED


def test_a_round_closes_a_ticket_once_however_often_it_runs_and_how_many_run_at_once(desk: Lumen) -> None:
    talk = chat(desk, desk.customer("double_charge_small"))
    talk.say(TWICE)
    due = at(desk, said(desk, talk.ticket) + HALF_AN_HOUR)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: close_quiet(due), range(4)))
    close_quiet(due)
    assert len(lines(desk, talk.ticket, "ticket.closed")) == 1


class Broken:
    """Our conversations, where one cannot be read for a reason that nobody expected."""

    system = "deskhand"

    def __init__(self, desk: TicketDesk, ticket: str):
        self._desk, self._ticket = desk, ticket

    def ticket(self, ref: Ref) -> Read[Ticket]:
        if str(ref) == self._ticket:
            raise KeyError("what nobody expected")
        return self._desk.ticket(ref)


def test_a_ticket_that_cannot_be_looked_at_keeps_no_other_open(desk: Lumen) -> None:
    first, second = (chat(desk, desk.customer("double_charge_small")) for _ in range(2))
    for talk in (first, second):
        talk.say(TWICE)
    due = at(desk, said(desk, second.ticket) + HALF_AN_HOUR)
    with pytest.raises(ExceptionGroup) as told:
        close_quiet(replace(due, desks={**due.desks, "deskhand": Broken(due.desks["deskhand"], first.ticket)}))
    assert [first.ticket in one.__notes__[0] for one in told.value.exceptions] == [True]
    assert [len(lines(desk, one.ticket, "ticket.closed")) for one in (first, second)] == [0, 1]
    close_quiet(at(desk, due.clock() + timedelta(minutes=5)))
    assert len(lines(desk, first.ticket, "ticket.closed")) == 1


def test_a_round_that_is_stopped_half_way_is_taken_up_by_the_next(desk: Lumen) -> None:
    talks = [chat(desk, desk.customer("double_charge_small")) for _ in range(3)]
    for talk in talks:
        talk.say(TWICE)
    due = said(desk, talks[-1].ticket) + HALF_AN_HOUR
    left = iter([due] * 4)  # the clock of a process that dies at its fifth look at it

    def dying() -> datetime:
        try:
            return next(left)
        except StopIteration:
            sys.exit("killed")

    with pytest.raises(SystemExit):
        close_quiet(replace(desk.installation.desk, clock=dying))
    close_quiet(at(desk, due))
    assert [len(lines(desk, one.ticket, "ticket.closed")) for one in talks] == [1, 1, 1]


def test_a_ticket_that_is_written_on_meanwhile_does_not_close(desk: Lumen) -> None:
    talk = chat(desk, desk.customer("double_charge_small"))
    talk.say(TWICE)
    due = said(desk, talk.ticket) + HALF_AN_HOUR
    desk.clock.ahead += timedelta(minutes=20)
    talk.say("Which cards do you accept?")
    assert look(at(desk, due), talk.ticket) is Looked.OPEN
    assert lines(desk, talk.ticket, "ticket.closed") == []


def test_a_handoff_that_nobody_answered_stays_open_however_long(desk: Lumen) -> None:
    told = desk.say(desk.customer("single_charge"), "Can I talk to a human please?")
    later = said(desk, told.ticket) + timedelta(days=60)
    assert look(at(desk, later), told.ticket) is Looked.OPEN
    assert endings(desk.installation, later).open[told.ticket] == "people have it, and have not answered yet"


def test_what_agents_answered_and_solved_at_the_help_desk_closes_as_theirs(desk: Lumen) -> None:
    told = desk.say(desk.customer("single_charge"), "Can I talk to a human please?")
    twin = desk.installation.systems.zendesk_twin
    assert twin is not None
    twin.resolve(told.number, "Your invoice of May is in your account under Billing.")
    moment = said(desk, told.ticket) + THREE_DAYS
    assert look(at(desk, moment), told.ticket) is Looked.CLOSED
    (line,) = lines(desk, told.ticket, "ticket.closed")
    assert line.body["by"] == "agent"
    assert state(desk, told.ticket, moment + WEEK) is TicketOutcome.VERIFIED


def test_an_approval_that_waits_keeps_a_ticket_open(desk: Lumen) -> None:
    told = desk.say(desk.customer("double_charge_small"), TWICE, stage=Stage.ASSISTED)
    assert told.result.outcome is RunOutcome.AWAITING_APPROVAL
    due = said(desk, told.ticket) + THREE_DAYS
    assert look(at(desk, due), told.ticket) is Looked.OPEN
    assert endings(desk.installation, due).open[told.ticket] == "an agent is to decide"
    suggestion = desk.suggestion(told.ticket)
    desk.decide(suggestion, "approved", "ana")
    assert desk.settled(suggestion).outcome is RunOutcome.RESOLVED
    moment = quiet(desk, told.ticket)
    assert state(desk, told.ticket, moment + WEEK) is TicketOutcome.VERIFIED
    (handled,) = [one.handler for one in ledger(desk.installation.queries.lines()).tickets[told.ticket]]
    assert handled is Handler.ASSISTED


# -- the five states --------------------------------------------------------------------------------------


def test_solved_by_the_button_closes_and_confirms_at_once(desk: Lumen) -> None:
    talk = chat(desk, desk.customer("double_charge_small"))
    talk.say(TWICE)
    assert (press(talk, True).status_code, press(talk, True).status_code) == (202, 200)
    (line,) = lines(desk, talk.ticket, "ticket.closed")
    assert line.body["by"] == "customer"
    assert state(desk, talk.ticket, line.at + WEEK) is TicketOutcome.CONFIRMED


def test_not_solved_leaves_a_ticket_open_and_counts_as_a_return_once_it_is_closed(desk: Lumen) -> None:
    talk, other = (chat(desk, desk.customer("double_charge_small")) for _ in range(2))
    for one in (talk, other):
        one.say(TWICE)
    assert press(talk, False).status_code == 202
    assert lines(desk, talk.ticket, "ticket.closed") == []
    moment = quiet(desk, talk.ticket)
    assert state(desk, talk.ticket, moment + WEEK) is TicketOutcome.ABANDONED
    press(other, True)
    press(other, False)
    assert state(desk, other.ticket, moment + WEEK) is TicketOutcome.RECONTACTED


def test_the_button_is_the_customers_own(desk: Lumen) -> None:
    talk = chat(desk, desk.customer("double_charge_small"))
    talk.say(TWICE)
    assert press(replace(talk, email=desk.customer("single_charge")), True).status_code == 404
    assert press(talk, "maybe").status_code == 422
    assert lines(desk, talk.ticket, "solved.said") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Thank you so much!", TicketOutcome.VERIFIED), ("I was charged twice again!", TicketOutcome.RECONTACTED)],
)
def test_who_writes_again_came_back_unless_it_is_thanks(desk: Lumen, text: str, expected: TicketOutcome) -> None:
    talk = chat(desk, desk.customer("double_charge_small"))
    talk.say(TWICE)
    moment = said(desk, talk.ticket) + HALF_AN_HOUR
    assert look(at(desk, moment), talk.ticket) is Looked.CLOSED
    desk.clock.ahead += timedelta(hours=2)
    talk.say(text)
    assert state(desk, talk.ticket, desk.clock() + WEEK) is expected
    look(at(desk, by_day(desk.clock() + THREE_DAYS)), talk.ticket)
    assert len(lines(desk, talk.ticket, "ticket.closed")) == (2 if expected is TicketOutcome.RECONTACTED else 1)


def test_the_same_matter_on_another_channel_within_the_window_is_a_return(desk: Lumen) -> None:
    email = desk.customer("double_charge_small")
    talk = chat(desk, email)
    talk.say(TWICE)
    moment = said(desk, talk.ticket) + HALF_AN_HOUR
    assert look(at(desk, moment), talk.ticket) is Looked.CLOSED
    desk.clock.ahead += timedelta(days=2)
    desk.say(email, TWICE)
    assert state(desk, talk.ticket, desk.clock()) is TicketOutcome.RECONTACTED


def test_all_five_states_occur(desk: Lumen) -> None:
    """Over the stories of this file, whatever else is in it."""
    found = endings(desk.installation, desk.clock() + timedelta(days=90))
    assert {state for states in found.states.values() for state in states} >= set(TicketOutcome) - {
        TicketOutcome.CONTAINED
    }
    contained = endings(desk.installation, max(line.at for line in desk.installation.queries.lines()))
    assert TicketOutcome.CONTAINED in {state for states in contained.states.values() for state in states}


# -- left without what we asked for -----------------------------------------------------------------------


def asked(lumen: Lumen) -> Chat:
    """A chat in which we asked for the number of an order, and got none."""
    talk = chat(lumen, lumen.customer("double_charge_large"))
    assert talk.say(WHERE).outcome is RunOutcome.ASKED
    return talk


def test_a_customer_who_left_a_chat_gets_one_letter_and_then_it_closes_as_abandoned(desk: Lumen) -> None:
    talk = asked(desk)
    day = by_day(said(desk, talk.ticket) + HALF_AN_HOUR)
    assert look(at(desk, day), talk.ticket) is Looked.REMINDED
    (letter,) = desk.mailbox.to(talk.email)
    assert "Which order is it?" in letter.text
    assert look(at(desk, day + HALF_AN_HOUR), talk.ticket) is Looked.OPEN, "a letter is given a letter's time"
    (line,) = lines(desk, talk.ticket, "conversation.followed_up")
    assert look(at(desk, line.at + THREE_DAYS), talk.ticket) is Looked.CLOSED
    assert len(desk.mailbox.to(talk.email)) == 1
    assert state(desk, talk.ticket, line.at + timedelta(days=11)) is TicketOutcome.ABANDONED


def test_an_answer_in_the_chat_after_the_letter_goes_on_where_it_was(desk: Lumen) -> None:
    talk = asked(desk)
    look(at(desk, by_day(said(desk, talk.ticket) + HALF_AN_HOUR)), talk.ticket)
    desk.clock.ahead += timedelta(days=1)
    assert "post office" in talk.say("5521").reply
    quiet(desk, talk.ticket)
    (line,) = lines(desk, talk.ticket, "ticket.closed")
    assert state(desk, talk.ticket, line.at + WEEK) is TicketOutcome.VERIFIED
    assert len(desk.mailbox.to(talk.email)) == 1


def test_nobody_is_reminded_at_night(desk: Lumen) -> None:
    talk = asked(desk)
    night = by_day(said(desk, talk.ticket) + HALF_AN_HOUR).replace(hour=23)
    assert look(at(desk, night), talk.ticket) is Looked.OPEN
    assert desk.mailbox.to(talk.email) == []
    close_quiet(at(desk, night + timedelta(hours=8, minutes=59)))
    assert desk.mailbox.to(talk.email) == []
    close_quiet(at(desk, night + timedelta(hours=9)))
    assert len(desk.mailbox.to(talk.email)) == 1


def test_after_a_take_over_nobody_is_reminded(desk: Lumen) -> None:
    talk = asked(desk)
    take_over(desk.installation.store, talk.ticket, ANA, desk.clock())
    assert look(at(desk, by_day(said(desk, talk.ticket) + HALF_AN_HOUR)), talk.ticket) is Looked.OPEN
    assert desk.mailbox.to(talk.email) == []


def test_who_opted_out_is_not_reminded(desk: Lumen) -> None:
    talk = asked(desk)
    (line,) = lines(desk, talk.ticket, "message.ended")
    with desk.installation.store.begin() as tx:
        tx.contacts.opt_out(line.body["customer"], by="them", at=desk.clock())
    assert look(at(desk, by_day(said(desk, talk.ticket) + HALF_AN_HOUR)), talk.ticket) is Looked.CLOSED
    assert desk.mailbox.to(talk.email) == []


def test_a_letter_whose_answer_was_lost_is_not_sent_again(desk: Lumen) -> None:
    talk = asked(desk)
    desk.mailbox.trouble.append("lost")
    day = by_day(said(desk, talk.ticket) + HALF_AN_HOUR)
    assert look(at(desk, day), talk.ticket) is Looked.OPEN
    for hours in (1, 2, 24 * 3):
        look(at(desk, day + timedelta(hours=hours)), talk.ticket)
    assert len(desk.mailbox.to(talk.email)) == 1
    assert len(lines(desk, talk.ticket, "ticket.closed")) == 1


def test_while_the_ticket_is_paused_nothing_goes_out(desk: Lumen) -> None:
    talk = asked(desk)
    scope = f"ticket:{talk.ticket}"
    with desk.installation.store.begin() as tx:
        assert tx.pauses.put(Pause(scope, "ana", "", desk.clock()))
    day = by_day(said(desk, talk.ticket) + HALF_AN_HOUR)
    assert look(at(desk, day), talk.ticket) is Looked.OPEN
    assert desk.mailbox.to(talk.email) == []
    with desk.installation.store.begin() as tx:
        tx.pauses.lift(scope, desk.clock())
    assert look(at(desk, day + timedelta(minutes=10)), talk.ticket) is Looked.REMINDED
    assert len(desk.mailbox.to(talk.email)) == 1


def test_on_a_channel_that_reaches_them_the_reminder_is_in_the_conversation(desk: Lumen) -> None:
    post = Post(desk, mail_twin(desk))
    post.read()  # the first look only marks where we begin
    email = desk.customer("double_charge_large")
    outer = post.write(email, WHERE)
    post.read()
    ticket = str(post.ticket(outer).ref)
    before = len(post.letters(email))
    day = by_day(said(desk, ticket) + THREE_DAYS)
    with desk.network.quiet():
        assert look(at(desk, day), ticket) is Looked.REMINDED
        assert look(at(desk, day + timedelta(minutes=1)), ticket) is Looked.OPEN
    assert len(post.letters(email)) == before + 1
    assert "It is enough to answer here." in " ".join(text_of(post.letters(email)[-1]).split())
    assert desk.mailbox.to(email) == []


def mail_twin(lumen: Lumen) -> ImapTwin:
    mail = lumen.installation.channels.mail
    assert mail is not None
    assert mail.twin is not None
    return mail.twin

"""Where a handoff goes, what is promised, and what becomes of it: told end to end at the twin of the help desk."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from shutil import copytree
from zoneinfo import ZoneInfo

import pytest
from tests.stories.lumen import TWICE, Lumen, Told, apart, opened
from tests.stories.network import ALWAYS

from deskhand.bootstrap import now
from deskhand.domain.journal_line import JournalLine
from deskhand.domain.opening_phrases import there_again
from deskhand.domain.outcome import RunOutcome
from deskhand.domain.ref import Ref
from deskhand.domain.stage import Stage
from deskhand.measurement.handoffs import handoffs
from deskhand.settings import Settings, read_table
from deskhand.workflows.announce import event_of
from deskhand.workflows.poll_tickets import poll
from deskhand.workflows.take_over import give_back, take_over
from deskhand.workflows.watch_handoff import watch_handoff

ZONE = ZoneInfo("Europe/Berlin")
ASKED = "can i talk to an actual person about this"
GERMAN = "kann ich bitte mit einem menschen sprechen"
FRENCH = "je veux parler à quelqu'un, pas à un robot"
TODAY = now().date()
NEXT = TODAY + timedelta(days=7 - TODAY.weekday())  # a Monday
HOLIDAY = NEXT + timedelta(days=2)
WEEK = "\n".join(f'{day} = ["09:00-17:00"]' for day in "monday tuesday wednesday thursday friday".split())
DESK = f"""\
company = "Lumen"
signature = "Lumen Support"
default_queue = "support"

[people]
ana = ["agent"]
tom = ["agent", "team_lead"]
mei = ["agent"]

[calendar]
zone = "Europe/Berlin"
closed = [{HOLIDAY}]
[calendar.hours]
{WEEK}

[routing.people.ana]
assignee = "501"
languages = ["en", "de"]
most = 2

[routing.people.tom]
assignee = "502"
skills = ["duplicate-charge"]

[routing.people.mei]
languages = ["en", "fr"]

[routing.queues.accounts]
people = ["mei"]
tiers = ["enterprise"]
first_answer = "8h"
first_answer_by_tier = {{ enterprise = "1h" }}
fallback = "risk"

[routing.queues.billing]
people = ["tom"]
skills = ["duplicate-charge"]
group = "901"
first_answer = "4h"
[routing.queues.billing.on_call.tom]
saturday = ["10:00-14:00"]

[routing.queues.support]
people = ["ana", "mei"]
group = "900"
first_answer = "4h"

[routing.queues.risk]
people = ["tom"]
[routing.queues.risk.calendar]
zone = "UTC"
[routing.queues.risk.calendar.hours]
saturday = ["00:00-24:00"]

[routing.queues.specialist]
people = ["mei"]
group = "no such group"
"""


def day(days: int, clock: str) -> datetime:
    """So many days after that Monday, by the clock in Berlin."""
    return datetime.combine(NEXT + timedelta(days=days), time.fromisoformat(clock), ZONE)


MONDAY, TUESDAY_EVENING, FRIDAY_NIGHT = day(0, "10:00"), day(1, "18:00"), day(4, "23:30")
SATURDAY = day(5, "12:00")


def with_routing(settings: Settings) -> Settings:
    settings, given = apart(settings), read_table(DESK, "desk.toml")
    more = {"routing": given.routing, "calendar": given.calendar, "people": given.people}
    return replace(settings, table=settings.table.model_copy(update=more))


@pytest.fixture(scope="module")
def opened_once(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lumen]:
    folder = copytree(prepared, tmp_path_factory.mktemp("routing") / "desk")
    with opened(folder, with_routing, finished=True) as lumen:
        yield lumen


@pytest.fixture
def desk(opened_once: Lumen) -> Lumen:
    """One desk for all these stories; nothing waits from the one before. It is Monday, and somebody is there."""
    store, ana = opened_once.installation.store, opened_once.installation.people["ana"]
    with store.begin() as tx:
        waiting = tx.awaiting.waiting()
    for one in waiting:
        give_back(store, one.ticket, ana, opened_once.clock())
    put_to(opened_once, MONDAY)
    return opened_once


def put_to(lumen: Lumen, moment: datetime) -> None:
    lumen.clock.ahead = moment.astimezone(UTC) - (lumen.clock() - lumen.clock.ahead)


def asks(lumen: Lumen, text: str = ASKED, situation: str = "single_charge", stage: Stage | None = None) -> Told:
    """Somebody writes what people have to answer."""
    told = lumen.say(lumen.customer(situation), text, stage=stage)
    assert told.result.outcome is RunOutcome.HANDED_OFF
    return told


def lines(lumen: Lumen, told: Told, kind: str) -> list[JournalLine]:
    return [one for one in lumen.installation.queries.timeline(told.ticket) if one.kind == kind]


def went(lumen: Lumen, told: Told) -> tuple[str, str]:
    """Queue and person."""
    (line,) = lines(lumen, told, "ticket.routed")
    assert told.result.handoff is not None
    assert told.result.handoff.queue == line.body["queue"]
    assert lumen.owner(told.ticket) == f"queue:{line.body['queue']}"
    return line.body["queue"], line.body["person"]


def due(lumen: Lumen, told: Told) -> datetime | None:
    (line,) = lines(lumen, told, "ticket.routed")
    return datetime.fromisoformat(line.body["due"]) if line.body["due"] else None


def at_zendesk(lumen: Lumen, told: Told) -> tuple[str, str]:
    """Group and assignee there."""
    with lumen.network.quiet():
        ticket = lumen.installation.desk.desks["zendesk"].ticket(Ref.parse(told.ticket)).value
    return ticket.group, ticket.assignee


def agent_writes(lumen: Lumen, told: Told) -> None:
    twin = lumen.installation.systems.zendesk_twin
    assert twin is not None
    twin.annotate(told.number, "I am looking into it.", public=True)


def look(lumen: Lumen, told: Told, what: str, tries: int = 0) -> None:
    """The run that the clock starts, at the time to which the clock was put."""
    watch_handoff(lumen.installation.desk, told.ticket, told.message, what, str(tries))


# -- where to ---------------------------------------------------------------------------------------------


def test_a_language_goes_to_somebody_who_speaks_it(desk: Lumen) -> None:
    assert went(desk, asks(desk, FRENCH)) == ("support", "mei")
    assert went(desk, asks(desk, GERMAN)) == ("support", "ana")


def test_what_policy_names_no_queue_for_goes_to_the_queue_that_has_the_skill(desk: Lumen) -> None:
    desk.network.trouble("stripe", "silent", ALWAYS)
    try:
        told = asks(desk, TWICE, "double_charge_small")
    finally:
        desk.network.troubles.clear()
    assert went(desk, told) == ("billing", "tom")


def test_a_tier_has_a_queue_and_a_clock_of_its_own(desk: Lumen) -> None:
    told = asks(desk, "Which moon of Jupiter is the largest one?", "enterprise")
    assert went(desk, told) == ("accounts", "mei")
    (line,) = lines(desk, told, "ticket.routed")
    assert due(desk, told) == line.at + timedelta(hours=1)


def test_the_load_is_shared_and_nobody_gets_more_than_they_take(desk: Lumen) -> None:
    took = [went(desk, asks(desk))[1] for _ in range(4)]
    assert took == ["ana", "mei", "ana", "mei"]
    assert went(desk, asks(desk)) == ("support", "mei")  # ana has two, which is all that she takes
    assert went(desk, asks(desk, GERMAN)) == ("support", "")  # and nobody else speaks German


def test_a_ticket_that_is_given_back_is_no_load_any_more(desk: Lumen) -> None:
    first, _ = asks(desk), asks(desk)
    give_back(desk.installation.store, first.ticket, desk.installation.people["ana"], desk.clock())
    assert went(desk, asks(desk))[1] == "ana"


def test_a_ticket_that_somebody_takes_is_their_load(desk: Lumen) -> None:
    first = asks(desk)
    take_over(desk.installation.store, first.ticket, desk.installation.people["mei"], desk.clock())
    assert went(desk, asks(desk))[1] == "ana"


def test_on_a_saturday_whoever_is_on_call_gets_it_and_nothing_is_promised(desk: Lumen) -> None:
    put_to(desk, SATURDAY)
    desk.network.trouble("stripe", "silent", ALWAYS)
    try:
        told = asks(desk, TWICE, "double_charge_small")
    finally:
        desk.network.troubles.clear()
    assert went(desk, told) == ("billing", "tom")
    assert "again" not in desk.replies(told.number)[0]


def test_a_queue_with_a_fallback_passes_on_what_comes_while_nobody_is_there(desk: Lumen) -> None:
    put_to(desk, SATURDAY)
    told = asks(desk, "Which moon of Jupiter is the largest one?", "enterprise")
    assert went(desk, told) == ("risk", "tom")
    assert told.result.handoff is not None
    assert any("so risk takes it" in one for one in told.result.handoff.tried)


def test_when_nobody_is_there_the_queue_keeps_it(desk: Lumen) -> None:
    put_to(desk, FRIDAY_NIGHT)
    assert went(desk, asks(desk)) == ("support", "")


# -- what is promised -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "again"),
    [(FRIDAY_NIGHT, day(7, "09:00")), (TUESDAY_EVENING, day(3, "09:00")), (day(0, "08:59"), day(0, "09:00"))],
    ids=["on Friday night", "before a holiday", "a minute before nine"],
)
@pytest.mark.parametrize(("text", "language"), [(ASKED, "en"), (GERMAN, "de"), (FRENCH, "fr")])
def test_out_of_hours_the_customer_is_told_when_somebody_is_there_again(
    desk: Lumen, moment: datetime, again: datetime, text: str, language: str
) -> None:
    put_to(desk, moment)
    told = asks(desk, text)
    promise = there_again(again, "Europe/Berlin", language)
    (reply,) = desk.replies(told.number)
    assert promise in reply
    assert told.result.handoff is not None
    assert told.result.handoff.promised.endswith(promise)
    assert promise in desk.notes(told.number)[0]


def test_within_hours_nothing_is_promised(desk: Lumen) -> None:
    told = asks(desk)
    assert "again" not in desk.replies(told.number)[0]
    assert lines(desk, told, "ticket.routed")[0].body["promised"] is None


def test_where_the_customer_is_told_nothing_nothing_counts_as_promised(desk: Lumen) -> None:
    put_to(desk, FRIDAY_NIGHT)
    told = asks(desk, stage=Stage.ASSISTED)
    assert desk.replies(told.number) == []
    assert told.result.handoff is not None
    assert "again" not in told.result.handoff.promised


# -- at the help desk -------------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", [Stage.AUTONOMOUS, Stage.ASSISTED])
def test_group_and_assignee_are_set_at_the_help_desk_once(desk: Lumen, stage: Stage) -> None:
    told = asks(desk, stage=stage)
    assert at_zendesk(desk, told) == ("900", "501")
    done = [one for one in lines(desk, told, "effect.done") if one.body["action"] == "assign"]
    assert [one.body["key"] for one in done] == [f"assign/{told.ticket}/{told.message}"]


def test_in_read_only_nothing_is_set_and_nothing_is_timed(desk: Lumen) -> None:
    told = asks(desk, stage=Stage.READ_ONLY)
    assert at_zendesk(desk, told) == ("", "")
    assert lines(desk, told, "ticket.routed") == []


@pytest.mark.parametrize("fault", ["500 after", "drop after", "cut json"])
def test_a_lost_answer_to_the_assignment_is_looked_up(desk: Lumen, fault: str) -> None:
    signed = desk.write(desk.customer("single_charge"), ASKED)
    number = desk.number(signed)
    desk.network.trouble(f"zendesk PUT /api/v2/tickets/{number}", fault)
    assert desk.deliver(signed).status_code == 202
    told = desk.told(signed)
    assert at_zendesk(desk, told) == ("900", "501")
    done = [one.body["action"] for one in lines(desk, told, "effect.done")]
    assert sorted(done) == ["assign", "note", "reply"]
    assert (len(desk.notes(number)), len(desk.replies(number))) == (1, 1)


def test_whoever_was_assigned_meanwhile_stays(desk: Lumen) -> None:
    signed = desk.write(desk.customer("single_charge"), ASKED)
    ref = Ref("zendesk", "ticket", str(desk.number(signed)))
    desk.installation.systems.replies["zendesk"].update_ticket(ref, assignee="77", key="by-hand")
    assert desk.deliver(signed).status_code == 202
    told = desk.told(signed)
    assert at_zendesk(desk, told) == ("", "77")
    (declined,) = lines(desk, told, "effect.declined")
    assert "assigned to 77 by now" in declined.body["reason"]
    assert len(desk.notes(told.number)) == 1


def test_a_group_that_the_help_desk_does_not_know_is_on_record_and_the_note_still_goes(desk: Lumen) -> None:
    told = asks(desk, "I will sue you, my lawyer will be in touch.")
    assert went(desk, told) == ("specialist", "mei")
    (declined,) = lines(desk, told, "effect.declined")
    assert "'no such group'" in declined.body["reason"]
    assert (len(desk.notes(told.number)), at_zendesk(desk, told)) == (1, ("", ""))


# -- the clock --------------------------------------------------------------------------------------------


def test_nobody_answers_so_it_is_warned_of_and_then_told_as_breached_once_each(desk: Lumen) -> None:
    told = asks(desk)
    assert due(desk, told) is not None
    put_to(desk, day(0, "13:00"))
    look(desk, told, "warn")
    look(desk, told, "warn")
    assert len(lines(desk, told, "sla.warned")) == 1
    assert "ana of support" in desk.notes(told.number)[1]
    put_to(desk, day(0, "14:01"))
    look(desk, told, "breach")
    look(desk, told, "breach")
    assert len(lines(desk, told, "sla.breached")) == 1
    assert [one.split(" for ")[0] for one in desk.notes(told.number)[1:]] == [
        "Three quarters of the time are over",
        "The time is over",
    ]


def test_an_agent_who_answered_in_time_stops_the_clock(desk: Lumen) -> None:
    told = asks(desk)
    put_to(desk, day(0, "11:00"))
    agent_writes(desk, told)
    put_to(desk, day(0, "13:00"))
    look(desk, told, "warn")
    look(desk, told, "breach")
    assert lines(desk, told, "sla.warned") == lines(desk, told, "sla.breached") == []
    assert len(desk.notes(told.number)) == 1
    (answer,) = lines(desk, told, "handoff.answered")
    assert (answer.body["in_time"], answer.body["person"]) == (True, "ana")
    assert 3000 < answer.body["seconds"] <= 3600


def test_an_answer_after_its_time_is_found_and_counts_as_late(desk: Lumen) -> None:
    told = asks(desk)
    put_to(desk, day(0, "14:01"))
    look(desk, told, "breach")
    put_to(desk, day(0, "16:00"))
    agent_writes(desk, told)
    look(desk, told, "late", 1)
    (answer,) = lines(desk, told, "handoff.answered")
    assert answer.body["in_time"] is False


def test_a_ticket_that_was_given_back_is_not_warned_of(desk: Lumen) -> None:
    told = asks(desk)
    give_back(desk.installation.store, told.ticket, desk.installation.people["ana"], desk.clock())
    put_to(desk, day(0, "13:00"))
    look(desk, told, "warn")
    assert lines(desk, told, "sla.warned") == []


def test_the_customers_next_message_finds_the_answer_that_came_between(desk: Lumen) -> None:
    told = asks(desk)
    agent_writes(desk, told)
    with desk.installation.store.begin() as tx:
        assert tx.awaiting.open(told.ticket) is not None
    email = desk.installation.desk.desks["zendesk"].ticket(Ref.parse(told.ticket)).value.requester.email
    desk.say(email, "Thank you, I am waiting.", told.number)
    assert len(lines(desk, told, "handoff.answered")) == 1


def test_while_the_help_desk_does_not_answer_nothing_is_told_yet(desk: Lumen) -> None:
    told = asks(desk)
    put_to(desk, day(0, "13:00"))
    desk.network.trouble(f"/tickets/{told.number}", "silent", ALWAYS)
    try:
        look(desk, told, "warn")
    finally:
        desk.network.troubles.clear()
    assert lines(desk, told, "sla.warned") == []
    look(desk, told, "warn", 1)
    assert len(lines(desk, told, "sla.warned")) == 1


def test_the_looks_are_runs_that_wait_for_their_time(desk: Lumen) -> None:
    told, engine = asks(desk, situation="double_charge_large"), desk.installation.engine
    looks = [f"sla/{told.ticket}/{told.message}/{what}/0" for what in ("warn", "breach")]
    assert [engine.status.state(one) for one in looks] == ["DELAYED", "DELAYED"]
    with desk.installation.store.begin() as tx:
        tx.runs.enqueue("watch_handoff", told.ticket, f"now/{told.ticket}", told.ticket, told.message, "warn", "0")
    desk.eventually(lambda: len(desk.notes(told.number)) == 2)
    assert len(lines(desk, told, "sla.warned")) == 1


def test_what_became_of_them_is_measured(desk: Lumen) -> None:
    before = handoffs(desk.installation.queries.lines(), desk.clock())
    late, soon, waits = (
        asks(desk, situation="double_charge_large"),
        asks(desk, situation="double_charge_large"),
        asks(desk, situation="double_charge_large"),
    )
    agent_writes(desk, soon)
    look(desk, soon, "warn")
    put_to(desk, day(0, "14:30"))
    agent_writes(desk, late)
    look(desk, late, "breach")
    after = handoffs(desk.installation.queries.lines(), desk.clock())
    assert (after.handoffs - before.handoffs, after.answered - before.answered) == (3, 2)
    assert (after.timed - before.timed, after.in_time - before.in_time) == (3, 1)
    (one,) = [one for one in after.waiting if one.ticket == waits.ticket]
    assert (one.queue, one.late) == ("support", True)


def test_a_breach_is_an_event_for_other_systems(desk: Lumen) -> None:
    told = asks(desk, situation="double_charge_large")
    put_to(desk, day(0, "14:01"))
    look(desk, told, "breach")
    (line,) = lines(desk, told, "sla.breached")
    assert event_of(line.kind, line.body) == ("sla.breached", "support")


def test_an_answer_is_seen_where_the_help_desk_is_asked_what_changed(desk: Lumen) -> None:
    told = asks(desk, situation="double_charge_large")
    feed = desk.installation.systems.connected["zendesk"].roles.feed
    assert feed is not None
    tickets, store = desk.installation.desk.desks["zendesk"], desk.installation.store
    poll(feed, tickets, store, desk.clock)  # marks where we begin
    put_to(desk, day(0, "11:00"))
    agent_writes(desk, told)
    poll(feed, tickets, store, desk.clock)
    assert len(lines(desk, told, "handoff.answered")) == 1

"""What is Freshdesk's own: whom it vouches for, its marks, its limits, its contacts, and what a key may do."""

import itertools
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import httpx2
import pytest
from tests.contracts import rigs
from tests.contracts.help_desks import FreshdeskDesk

from deskhand.connectors.freshdesk import twin as freshdesk
from deskhand.connectors.freshdesk.connector import CONNECTOR, FreshdeskTable
from deskhand.connectors.freshdesk.customer_directory import FreshdeskCustomers
from deskhand.connectors.freshdesk.feed import FreshdeskFeed
from deskhand.connectors.freshdesk.myself import Myself
from deskhand.connectors.freshdesk.ticket_desk import FreshdeskTickets
from deskhand.connectors.http.in_process import InProcess
from deskhand.connectors.http.wire import Wire
from deskhand.connectors.manifest import Given
from deskhand.domain.errors import Busy, Invalid, Missing, Refused, Unconfirmed
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Author, Status
from deskhand.testing.help_desk import MAYA
from deskhand.testing.one_write import WHO
from deskhand.testing.ticket_reads import pages
from deskhand.testing.weather import changed


@pytest.fixture
def desk() -> Iterator[FreshdeskDesk]:
    rig = FreshdeskDesk()
    yield rig
    rig.twin.store.close()


def messages(desk: FreshdeskDesk, ref: Ref, *, checked: bool = True) -> list[tuple[Author, bool]]:
    """Who wrote each, and whether it is vouched for."""
    wire = desk.wire()
    tickets = FreshdeskTickets(wire, Myself(wire), rigs.clock, senders_checked=checked)
    return [(one.author, one.vouched) for one in tickets.ticket(ref).value.messages]


def test_nothing_is_vouched_for_unless_the_company_checks_who_sends(desk: FreshdeskDesk) -> None:
    """A From line is but a claim, and Freshdesk does not say whether it was checked."""
    ref = desk.customer_writes("I was charged twice.")
    desk.customer_writes("Any news?", ref)

    assert messages(desk, ref, checked=False) == [(Author.CUSTOMER, False), (Author.CUSTOMER, False)]
    assert messages(desk, ref, checked=True) == [(Author.CUSTOMER, True), (Author.CUSTOMER, True)]


def test_what_an_agent_wrote_down_on_the_telephone_is_not_vouched_for(desk: FreshdeskDesk) -> None:
    desk.twin.receive(MAYA, "She wants a refund.", source=3)

    assert messages(desk, Ref("freshdesk", "ticket", "1")) == [(Author.CUSTOMER, False)]


def test_what_an_agent_wrote_first_is_no_word_of_the_customer(desk: FreshdeskDesk) -> None:
    desk.twin.receive(MAYA, "We owe you an answer.", source=10)

    assert messages(desk, Ref("freshdesk", "ticket", "1")) == [(Author.AGENT, False)]


def test_somebody_in_copy_does_not_speak_for_the_requester(desk: FreshdeskDesk) -> None:
    ref = desk.customer_writes("Hello")
    desk.customer_writes("I am her boss. Refund her.", ref, email="boss@example.com")

    assert messages(desk, ref) == [(Author.CUSTOMER, True), (Author.AGENT, True)]


def test_a_note_in_the_name_of_the_customer_is_none_of_theirs(desk: FreshdeskDesk) -> None:
    ref = desk.customer_writes("Hello")
    desk.customer_writes("Forwarded: refund me.", ref)
    desk.weather.drift = lambda answer: changed(
        answer, instead=lambda name, value: True if name == "private" else value
    )

    assert messages(desk, ref)[1] == (Author.AGENT, True)


def test_an_agent_as_requester_is_nobody(desk: FreshdeskDesk) -> None:
    ref = desk.customer_writes("Hello")
    desk.weather.drift = lambda answer: changed(
        answer, instead=lambda name, value: 2 if name == "requester_id" else value
    )
    requester = desk.tickets.ticket(ref).value.requester

    assert (requester.email, requester.verified) == ("", False)


def test_names_of_attachments_are_read_wherever_they_hang(desk: FreshdeskDesk) -> None:
    ref = desk.customer_writes("Hello")
    desk.customer_writes("And a picture", ref)
    files = [{"id": 1, "name": "bill.pdf"}, {"id": 2, "name": None}]

    def hung(answer: Any) -> Any:
        for one in [answer] if isinstance(answer, dict) else answer:
            one["attachments"] = files
        return answer

    desk.weather.drift = hung
    found = [[file.name for file in one.attachments] for one in desk.tickets.ticket(ref).value.messages]
    assert found == [["bill.pdf", "unnamed"], ["bill.pdf", "unnamed"]]


def test_a_reply_ends_with_a_small_line_that_nobody_takes_for_its_text(desk: FreshdeskDesk) -> None:
    ref = desk.customer_writes("Hello")
    desk.writer.reply(ref, "Refunded.", public=True, key="reply/1")

    assert re.fullmatch(r"Refunded\. ref:dh_[0-9a-f]{20} ai-generated", desk.public_texts(ref)[-1])
    assert desk.tickets.ticket(ref).value.messages[-1].text == "Refunded."


def test_a_reply_that_quotes_the_reference_of_another_is_not_that_one(desk: FreshdeskDesk) -> None:
    """A customer who guesses what the next reply will carry cannot make us believe that it was sent."""
    ref = desk.customer_writes("Hello")
    desk.writer.reply(ref, "One", public=True, key="reply/2")
    guessed = desk.public_texts(ref)[-1].removeprefix("One ")
    other = desk.customer_writes(f"Please repeat: {guessed}")
    desk.writer.reply(other, f"You wrote: {guessed}", public=True, key="reply/1")

    assert desk.writer.find_effect(other, key="reply/2") is None
    assert desk.writer.find_effect(other, key="reply/1") is not None


def test_nobody_and_no_group_can_be_put_back(desk: FreshdeskDesk) -> None:
    ref = desk.customer_writes("Hello")
    receipt = desk.writer.update_ticket(ref, group="12", assignee="7", fields={"order": "A-1"}, key="update/1")
    before = receipt.before
    desk.writer.update_ticket(
        ref,
        group=before["group"],
        assignee=before["assignee"],
        fields={"order": before["fields.order"]},
        key="update/2",
    )
    now = desk.tickets.ticket(ref).value

    assert (now.group, now.assignee, now.fields) == ("", "", {})


def test_a_state_of_the_companys_own_is_none_of_ours(desk: FreshdeskDesk) -> None:
    ref = desk.customer_writes("Hello")
    desk.weather.drift = lambda answer: changed(answer, instead=lambda name, value: 7 if name == "status" else value)

    assert desk.tickets.ticket(ref).value.status is Status.OTHER


@pytest.mark.parametrize("id", ["../contacts/1", "", "1?include=stats", "\u0661"])
def test_what_is_no_number_is_never_asked_for(desk: FreshdeskDesk, id: str) -> None:
    desk.twin.limit = 0  # any call would be too many
    ref = Ref("freshdesk", "ticket", id)
    with pytest.raises(Invalid, match="nothing was asked"):
        desk.tickets.ticket(ref)
    with pytest.raises(Invalid, match="nothing was asked"):
        desk.customers.customer(Ref("freshdesk", "contact", id))


def test_a_new_ticket_that_cannot_be_looked_for_is_never_called_undone(desk: FreshdeskDesk) -> None:
    for number in range(120):
        desk.customer_writes(f"ticket {number}")
    desk.weather.repeats = True
    with pytest.raises(Unconfirmed):
        desk.writer.find_ticket(key="ticket/1")
    with pytest.raises(Unconfirmed):
        desk.writer.create_ticket(WHO, "Hello", "Text", public=False, key="ticket/1")

    assert desk.count() == 120


def test_a_new_ticket_is_found_among_many_that_came_later(desk: FreshdeskDesk) -> None:
    made = desk.writer.create_ticket(WHO, "Hello", "Text", public=False, key="ticket/1")
    for number in range(220):
        desk.customer_writes(f"ticket {number}")
    found = desk.reborn().find_ticket(key="ticket/1")

    assert found is not None
    assert found.id == made.id


def test_the_limit_of_a_minute_is_told_with_how_long_to_wait(desk: FreshdeskDesk) -> None:
    ref = desk.customer_writes("Hello")
    desk.twin.limit = 2
    with pytest.raises(Busy) as caught:
        desk.tickets.ticket(ref)

    assert caught.value.after == 60


# -- the feed, with a clock that moves --------------------------------------------------------------


def test_tickets_of_different_moments_all_come_also_when_one_moves_on() -> None:
    for step in (0, 1, 7):  # all within one second, each in its own, and far apart
        ticks = itertools.count()

        def clock(ticks: Iterator[int] = ticks, step: int = step) -> datetime:
            return rigs.NOW + timedelta(seconds=step * next(ticks))

        desk = FreshdeskDesk(clock)
        refs = [desk.customer_writes(f"ticket {number}") for number in range(35)]
        read, cursor, moved = list[Ref](), "", 0
        for _ in range(60):
            found = desk.feed.changes(cursor)
            read += [one.ticket for one in found.tickets]
            cursor = found.cursor
            if moved < 8:  # while the pages are read
                desk.customer_writes("Any news?", refs[moved])
                moved += 1
            elif not found.more:
                break

        assert set(read) == set(refs)
        for ref in refs[:8]:
            assert read.count(ref) >= (1 if step == 0 else 2)
        desk.twin.store.close()


def test_a_second_in_which_more_changed_than_a_page_holds_is_read_from_its_start_when_it_moves() -> None:
    """A ticket leaves it for a later one, and draws another into the page that was read already."""
    now = [rigs.NOW]
    desk = FreshdeskDesk(lambda: now[0])
    refs = [desk.customer_writes(f"ticket {number}") for number in range(35)]
    read, cursor = list[Ref](), ""
    for _ in range(3):
        found = desk.feed.changes(cursor)
        read, cursor = read + [one.ticket for one in found.tickets], found.cursor
    now[0] += timedelta(seconds=30)
    for ref in refs[:3]:
        desk.customer_writes("Any news?", ref)
    rest = [one.ticket for page, _ in pages(desk, cursor) for one in page]

    assert set(read) | set(rest) == set(refs)
    assert set(refs[:3]) <= set(rest)
    desk.twin.store.close()


def test_history_of_more_than_thirty_days_comes_as_well() -> None:
    now = [rigs.NOW - timedelta(days=90)]
    desk = FreshdeskDesk(lambda: now[0])
    old = desk.customer_writes("Long ago")
    now[0] = rigs.NOW

    assert [one.ticket for one in desk.feed.changes("").tickets] == [old]
    desk.twin.store.close()


def test_what_changed_a_little_before_the_last_change_still_comes() -> None:
    """Freshdesk may list a change a little late."""
    now = [rigs.NOW]
    desk = FreshdeskDesk(lambda: now[0])
    desk.customer_writes("Hello")
    cursor = desk.feed.changes("").cursor
    now[0] -= timedelta(seconds=50)
    late = desk.customer_writes("Late")

    assert late in [one.ticket for one in desk.feed.changes(cursor).tickets]
    desk.twin.store.close()


@pytest.mark.parametrize("cursor", ["yesterday", "2026-11-24T09:00:00Z/0/", "2026-13-24T09:00:00Z/1/", "x" * 300])
def test_a_cursor_that_is_none_is_refused(desk: FreshdeskDesk, cursor: str) -> None:
    with pytest.raises(Invalid, match="no cursor of ours"):
        desk.feed.changes(cursor)


def test_a_page_is_as_large_as_lists_allow(desk: FreshdeskDesk) -> None:
    for number in range(120):
        desk.customer_writes(f"ticket {number}")

    assert len(FreshdeskFeed(desk.wire()).changes("").tickets) == 100


# -- its contacts -----------------------------------------------------------------------------------


def contact(desk: FreshdeskDesk, id: int, email: str, **more: Any) -> None:
    base = desk.twin.store.named("contact", MAYA)[0]
    raw = base | {"id": id, "name": f"Contact {id}", "email": email} | more
    desk.twin.store.put([("contact", str(id), "", email.lower(), 0, raw)])


def test_a_contact_is_found_by_its_address_in_any_letter_case(desk: FreshdeskDesk) -> None:
    contact(
        desk,
        5001,
        "ada@example.com",
        custom_fields={"cf_tier": "VIP"},
        unique_external_id="cus_1",
        phone="+49 30 1234567",
    )
    found = [one.value for one in desk.customers.by_email(" Ada@Example.COM ")]

    assert [(one.ref, one.name, one.tier) for one in found] == [
        (Ref("freshdesk", "contact", "5001"), "Contact 5001", "vip")
    ]
    assert found[0].ids == {"unique_external_id": "cus_1"}
    assert found[0].phones == ("+49301234567",)
    assert desk.customers.by_email("nobody@example.com") == []


def test_two_contacts_with_one_number_are_two_results(desk: FreshdeskDesk) -> None:
    contact(desk, 5001, "ada@example.com", phone="+49301234567")
    contact(desk, 5002, "bob@example.com", mobile="+49301234567")
    contact(desk, 5003, "eve@example.com", phone="+49301234568")

    assert {one.value.ref.id for one in desk.customers.by_phone("+49301234567")} == {"5001", "5002"}
    assert desk.customers.by_phone("+4930000000") == []


def test_a_filter_that_is_passed_over_finds_nobody_else() -> None:
    """Freshdesk that ignored the question would give every contact it has."""
    desk = FreshdeskDesk()
    everybody = httpx2.MockTransport(lambda request: httpx2.Response(200, json=desk.twin.store.every("contact")))
    customers = FreshdeskCustomers(Wire(rigs.SERVER, transport=everybody), rigs.clock)

    assert [one.value.email for one in customers.by_email(MAYA)] == [MAYA]
    assert customers.by_phone("+49301234567") == []
    desk.twin.store.close()


def test_one_contact_is_read_by_its_id_and_one_that_is_gone_is_missing(desk: FreshdeskDesk) -> None:
    contact(desk, 5001, "ada@example.com")
    contact(desk, 5002, "bob@example.com", deleted=True)

    assert desk.customers.customer(Ref("freshdesk", "contact", "5001")).value.email == "ada@example.com"
    for id in ("5002", "404"):
        with pytest.raises(Missing):
            desk.customers.customer(Ref("freshdesk", "contact", id))


# -- what a key may do ------------------------------------------------------------------------------


def given(desk: FreshdeskDesk, key: str = freshdesk.KEY) -> Given:
    secrets = {"freshdesk_key": key, "freshdesk_webhook_token": freshdesk.TOKEN}
    table = FreshdeskTable(address=desk.twin.server)
    return Given(table, lambda name: secrets[name], rigs.clock, InProcess(desk.twin.app))


def test_what_is_granted_is_told(desk: FreshdeskDesk) -> None:
    proof = CONNECTOR.check(given(desk))

    assert proof.account == "Assistant at https://twin.freshdesk.com"
    assert [(one.name, one.granted, one.needed) for one in proof.rights] == [
        ("read tickets", True, "reading"),
        ("read contacts", True, "reading"),
    ]


def test_an_administrator_is_more_than_is_needed(desk: FreshdeskDesk) -> None:
    desk.twin.roles = [1]

    assert [one.name.split(",")[0] for one in CONNECTOR.check(given(desk)).rights if not one.needed] == [
        "an administrator"
    ]


def test_a_key_that_is_not_accepted_is_refused_without_being_told(desk: FreshdeskDesk) -> None:
    with pytest.raises(Refused) as caught:
        CONNECTOR.check(given(desk, "not-the-key"))

    assert "not-the-key" not in f"{caught.value!s} {caught.value!r}"


def test_the_connector_says_of_itself_what_a_desk_must_know() -> None:
    assert not CONNECTOR.guards_versions
    assert not CONNECTOR.tried_live
    assert {one.name for one in CONNECTOR.secrets} == set(freshdesk.FreshdeskTwin.secrets)


def test_the_answer_is_due_when_freshdesk_says_so_and_the_solution_once_there_is_one(desk: FreshdeskDesk) -> None:
    ref = desk.customer_writes("Hello")
    opened = desk.tickets.ticket(ref).value
    assert opened.due_at == opened.created_at + freshdesk.FIRST_ANSWER
    desk.agent_writes(ref, "Hello! One moment.", public=True)
    assert desk.tickets.ticket(ref).value.due_at == opened.created_at + freshdesk.SOLUTION
    desk.writer.update_ticket(ref, status=Status.PENDING, key="update/1")
    assert desk.tickets.ticket(ref).value.due_at is None

"""What is Jira's own: who sees a comment, who wrote a request, how a status is reached, and an index that lags."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from tests.contracts import rigs
from tests.contracts.test_jira import JiraDesk

from deskhand.connectors.http.in_process import InProcess
from deskhand.connectors.http.twin_files import Upload
from deskhand.connectors.http.wire import Wire
from deskhand.connectors.jira import twin as jira
from deskhand.connectors.jira.due_times import JiraDueTimes
from deskhand.connectors.jira.marks import mark
from deskhand.connectors.jira.new_tickets import NewTickets, Place
from deskhand.connectors.jira.ticket_desk import JiraTickets
from deskhand.connectors.jira.ticket_writer import JiraWriter
from deskhand.connectors.jira.twin_kept import OWN_EMAIL, PLACE
from deskhand.connectors.jira.words import Words
from deskhand.domain.errors import ConnectorError, Invalid, Missing, Unconfirmed
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Author, Priority, Requester, Status, Ticket
from deskhand.testing.help_desk import MAYA
from deskhand.testing.weather import Died

WHO = Requester("Maya Chen", MAYA, verified=True)
Json = dict[str, Any]


@pytest.fixture
def desk() -> Iterator[JiraDesk]:
    rig = JiraDesk()
    yield rig
    rig.twin.store.close()


def read(desk: JiraDesk, ref: Ref) -> Ticket:
    return desk.tickets.ticket(ref).value


def kept(desk: JiraDesk, ref: Ref) -> Json:
    raw = desk.twin.store.get("issue", ref.id)
    assert raw is not None
    return raw


# -- reading ----------------------------------------------------------------------------------------


def test_nobodys_address_is_verified_unless_the_company_says_so(desk: JiraDesk) -> None:
    """Jira tells the kind of an account, and nowhere whether anybody checked its address."""
    ref = desk.customer_writes("Hello")
    careful = JiraTickets(desk.wire, desk.account.id, desk.twin.clock)

    assert not careful.ticket(ref).value.requester.verified
    assert careful.ticket(ref).value.requester.email == MAYA


def test_an_address_that_jira_hides_is_no_verified_one(desk: JiraDesk) -> None:
    ref = desk.customer_writes("Hello")
    desk.weather.drift = lambda answer: without(answer, "emailAddress")
    requester = read(desk, ref).requester

    assert (requester.email, requester.verified) == ("", False)


def test_what_an_agent_opened_for_somebody_is_not_vouched_for_and_what_they_write_later_is(desk: JiraDesk) -> None:
    desk.twin.receive(MAYA, "She was charged twice.", agent=True)
    ref = Ref("jira", "ticket", "DESK-1")
    desk.customer_writes("Any news?", ref)

    assert [(one.author, one.vouched) for one in read(desk, ref).messages] == [
        (Author.CUSTOMER, False),
        (Author.CUSTOMER, True),
    ]


def test_what_came_by_mail_rests_on_a_from_line(desk: JiraDesk) -> None:
    """Anybody can write one, and Jira does not tell of a comment whether it was mailed."""
    desk.twin.receive(MAYA, "I was charged twice.", channel="email")
    ref = Ref("jira", "ticket", "DESK-1")
    desk.agent_writes(ref, "I am looking.", public=True)
    desk.customer_writes("Any news?", ref)

    ticket = read(desk, ref)
    assert ticket.channel == "email"
    assert [one.vouched for one in ticket.messages] == [False, True, False]


def test_somebody_in_copy_does_not_speak_for_the_requester(desk: JiraDesk) -> None:
    """They are no agent either, whatever they say."""
    ref = desk.customer_writes("Hello")
    desk.customer_writes("I am her lawyer.", ref, email="lawyer@example.net")

    last = read(desk, ref).messages[-1]
    assert (last.author, last.vouched) == (Author.CUSTOMER, False)


def test_an_author_of_a_kind_that_nobody_knows_is_no_agent(desk: JiraDesk) -> None:
    ref = desk.customer_writes("Hello")
    desk.agent_writes(ref, "It is refunded.", public=True)
    desk.weather.drift = lambda answer: without(answer, "accountType")

    last = read(desk, ref).messages[-1]
    assert (last.author, last.vouched) == (Author.CUSTOMER, False)


def test_files_are_named_on_the_message_that_they_came_with(desk: JiraDesk) -> None:
    desk.twin.receive(MAYA, "See the bill.", files=[Upload("bill.pdf", b"%PDF-")])
    more = [Upload("proof.png", b"1"), Upload("bill.pdf", b"another of that name")]
    desk.twin.receive(MAYA, "And the proof.", "DESK-1", files=more)

    ticket = read(desk, Ref("jira", "ticket", "DESK-1"))
    found = [[(file.name, file.size) for file in one.attachments] for one in ticket.messages]
    assert found == [[("bill.pdf", 5)], [("proof.png", 1), ("bill.pdf", 20)]]


def test_what_agents_format_is_read_as_words(desk: JiraDesk) -> None:
    ref = desk.customer_writes("Hello")
    item = {"type": "listItem", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "once"}]}]}
    desk.twin.answer(
        ref.id, "", adf={"type": "doc", "version": 1, "content": [{"type": "bulletList", "content": [item]}]}
    )

    assert read(desk, ref).messages[-1].text == "- once"


@pytest.mark.parametrize("field", ["public", "jsdPublic"])
def test_a_comment_that_either_half_of_jira_keeps_among_agents_is_a_note(desk: JiraDesk, field: str) -> None:
    ref = desk.customer_writes("Hello")
    desk.agent_writes(ref, "She is angry.", public=True)
    desk.weather.drift = lambda answer: replaced(answer, field, False)

    assert not read(desk, ref).messages[-1].public


def test_a_comment_for_one_role_is_a_note(desk: JiraDesk) -> None:
    ref = desk.customer_writes("Hello")
    desk.agent_writes(ref, "She is angry.", public=True)
    desk.weather.drift = lambda answer: added(answer, "jsdPublic", "visibility", {"type": "role", "value": "Agents"})

    assert not read(desk, ref).messages[-1].public


def test_a_ticket_that_our_account_may_not_see_is_missing(desk: JiraDesk) -> None:
    ref = desk.customer_writes("Hello")
    desk.twin.hide(ref.id)
    for deed in (
        lambda: desk.tickets.ticket(ref),
        lambda: desk.writer.reply(ref, "Hello", public=True, key="reply/1"),
        lambda: desk.writer.find_effect(ref, key="reply/1"),
    ):
        with pytest.raises(Missing):
            deed()


@pytest.mark.parametrize("id", ["../myself", "DESK-1/comment", "DESK-1?x=", "desk-1", "DESK", "", "1"])
def test_what_is_no_key_of_an_issue_is_missing_before_anything_is_asked(desk: JiraDesk, id: str) -> None:
    ref = Ref("jira", "ticket", id)
    desk.weather.dies_before = 0
    with pytest.raises(Missing):
        desk.tickets.ticket(ref)
    with pytest.raises(Missing):
        desk.writer.add_tags(ref, ["vip"], key="tags/1")


def test_the_way_it_came_is_told_where_jira_knows_it(desk: JiraDesk) -> None:
    ref = desk.customer_writes("Hello")
    assert read(desk, ref).channel == "portal"
    desk.weather.drift = lambda answer: without(answer, "properties")

    assert read(desk, ref).channel == "jira"


# -- writing ----------------------------------------------------------------------------------------


def test_a_status_is_reached_by_the_way_that_solves_and_not_by_one_that_cancels(desk: JiraDesk) -> None:
    """Both lead to what is done; Jira asks how it was resolved."""
    ref = desk.customer_writes("Hello")
    desk.writer.update_ticket(ref, status=Status.SOLVED, key="update/1")

    assert kept(desk, ref)["status"] == "Resolved"


def test_what_is_set_beside_a_status_is_sent_once(desk: JiraDesk) -> None:
    """Before it, so that what Jira does not take leaves everything as it was."""
    sent: list[Json] = []
    ref = desk.customer_writes("Hello")
    wire = noting(desk, sent)
    writer = JiraWriter(wire, desk.account.id, desk.twin.clock, NewTickets(wire, PLACE))
    writer.update_ticket(ref, status=Status.SOLVED, priority=Priority.HIGH, key="update/1")

    first, way, last = sent
    assert first == {"fields": {"priority": {"name": "High"}}}
    assert way == {"transition": {"id": "41"}, "fields": {"resolution": {"name": "Done"}}}
    assert last == {"update": {"labels": [{"add": mark("update/1")}]}}


def noting(desk: JiraDesk, sent: list[Json]) -> Wire:
    """The same way, with every body that is sent."""

    def through(request: httpx2.Request) -> httpx2.Response:
        sent.extend([json.loads(request.read())] if request.method != "GET" else [])
        return desk.weather.handle_request(request)

    auth = httpx2.BasicAuth(OWN_EMAIL, jira.TOKEN)
    return Wire(rigs.SERVER, auth=auth, transport=httpx2.MockTransport(through))


def test_what_is_solved_can_be_opened_again(desk: JiraDesk) -> None:
    ref = desk.customer_writes("Hello")
    receipt = desk.writer.update_ticket(ref, status=Status.SOLVED, key="update/1")
    desk.writer.update_ticket(ref, status=Status(receipt.before["status"]), key="update/2")

    assert kept(desk, ref)["status"] == "Waiting for support"


def test_a_status_that_is_there_is_left_alone(desk: JiraDesk) -> None:
    ref = desk.customer_writes("Hello")
    desk.writer.update_ticket(ref, status=Status.OPEN, key="update/1")

    assert kept(desk, ref)["gone"] == 0
    assert desk.writer.find_effect(ref, key="update/1") is not None


def test_a_status_that_was_reached_before_the_process_died_is_not_reached_twice(desk: JiraDesk) -> None:
    for place in range(6):
        ref = desk.customer_writes("Hello")
        desk.weather.dies_after = place
        with suppress(Died):
            desk.writer.update_ticket(ref, status=Status.SOLVED, priority=Priority.HIGH, key="update/1")
        desk.weather.clear()
        again = desk.reborn()
        again.find_effect(ref, key="update/1") or again.update_ticket(
            ref, status=Status.SOLVED, priority=Priority.HIGH, key="update/1"
        )

        assert (kept(desk, ref)["status"], kept(desk, ref)["priority"], kept(desk, ref)["gone"]) == (
            "Resolved",
            "High",
            1,
        )


def test_a_workflow_without_a_way_changes_nothing(desk: JiraDesk) -> None:
    ref = desk.customer_writes("Hello")
    desk.weather.drift = lambda answer: replaced(answer, "transitions", [])
    before = kept(desk, ref)
    with pytest.raises(Invalid, match="no way to solved from here: nothing was changed"):
        desk.writer.update_ticket(ref, status=Status.SOLVED, priority=Priority.HIGH, key="update/1")

    assert kept(desk, ref) == before


def test_a_way_that_jira_refuses_is_told_with_what_was_set(desk: JiraDesk) -> None:
    """Without its answer to how it was resolved, the twin refuses as Jira would."""
    ref = desk.customer_writes("Hello")
    desk.weather.drift = lambda answer: without(answer, "allowedValues")
    with pytest.raises(Invalid, match="all but the status was set"):
        desk.writer.update_ticket(ref, status=Status.SOLVED, priority=Priority.HIGH, key="update/1")
    desk.weather.clear()

    assert (kept(desk, ref)["status"], kept(desk, ref)["priority"]) == ("Waiting for support", "High")
    assert desk.writer.find_effect(ref, key="update/1") is None


def test_an_agent_who_changes_it_back_is_not_overruled_by_the_same_key(desk: JiraDesk) -> None:
    ref = desk.customer_writes("Hello")
    desk.writer.update_ticket(ref, status=Status.PENDING, key="update/1")
    desk.twin.resolve(ref.id, "It is solved.")
    desk.reborn().update_ticket(ref, status=Status.PENDING, key="update/1")

    assert read(desk, ref).status is Status.SOLVED


def test_a_field_takes_the_shape_that_jira_gives_it(desk: JiraDesk) -> None:
    ref = desk.customer_writes("Hello")
    desk.writer.update_ticket(ref, fields={"order": "A-17", "region": "north", "seats": "12"}, key="update/1")
    assert kept(desk, ref)["custom"] == {
        "customfield_10100": "A-17",
        "customfield_10101": {"value": "north"},
        "customfield_10102": 12.0,
    }
    assert read(desk, ref).fields == {"order": "A-17", "region": "north", "seats": "12"}
    desk.writer.update_ticket(ref, fields={"order": "", "region": ""}, key="update/2")

    assert read(desk, ref).fields == {"seats": "12"}


def test_a_number_that_is_none_is_refused_before_anything_is_sent(desk: JiraDesk) -> None:
    ref = desk.customer_writes("Hello")
    before = kept(desk, ref)
    with pytest.raises(Invalid, match="'seats' of Jira takes a number: nothing was changed"):
        desk.writer.update_ticket(ref, fields={"seats": "many"}, status=Status.SOLVED, key="update/1")

    assert kept(desk, ref) == before


def test_a_ticket_is_taken_from_whoever_had_it(desk: JiraDesk) -> None:
    ref = desk.customer_writes("Hello")
    desk.writer.update_ticket(ref, assignee="712020:agent", key="update/1")
    receipt = desk.writer.update_ticket(ref, assignee="", key="update/2")

    assert (read(desk, ref).assignee, receipt.before) == ("", {"assignee": "712020:agent"})


def test_a_company_that_renamed_its_words_is_understood(desk: JiraDesk) -> None:
    ref = desk.customer_writes("Hello")
    words = Words({"Waiting for customer": Status.OPEN}, {"Lowest": Priority.URGENT})
    writer = JiraWriter(desk.wire, desk.account.id, desk.twin.clock, NewTickets(desk.wire, PLACE), words=words)
    writer.update_ticket(ref, priority=Priority.URGENT, key="update/1")

    assert kept(desk, ref)["priority"] == "Lowest"


def test_something_else_under_the_same_key_is_refused(desk: JiraDesk) -> None:
    ref = desk.customer_writes("Hello")
    desk.writer.reply(ref, "Refunded.", public=True, key="reply/1")
    for text, public in (("Something else.", True), ("Refunded.", False)):
        with pytest.raises(Invalid, match="nothing was added"):
            desk.writer.reply(ref, text, public=public, key="reply/1")

    assert desk.twin.said(ref.id, public=True) == ["Refunded."]
    assert desk.twin.said(ref.id, public=False) == []


def test_a_jira_that_does_not_tell_what_comments_carry_is_never_taken_for_a_no(desk: JiraDesk) -> None:
    """Else a reply whose answer was lost would be sent again."""
    ref = desk.customer_writes("Hello")
    desk.writer.reply(ref, "Refunded.", public=True, key="reply/1")
    desk.weather.drift = lambda answer: without(answer, "properties")
    with pytest.raises(Unconfirmed, match="does not tell"):
        desk.writer.find_effect(ref, key="reply/1")
    with pytest.raises(Unconfirmed, match="does not tell"):
        desk.writer.reply(ref, "Refunded.", public=True, key="reply/1")

    assert desk.twin.said(ref.id, public=True) == ["Refunded."]


def test_a_mark_on_somebody_elses_comment_is_none_of_ours(desk: JiraDesk) -> None:
    ref = desk.customer_writes("Hello")
    desk.writer.reply(ref, "Refunded.", public=True, key="reply/1")
    desk.weather.drift = lambda answer: replaced(answer, "author", {"accountId": "another", "accountType": "atlassian"})

    assert desk.writer.find_effect(ref, key="reply/1") is None


# -- new tickets ------------------------------------------------------------------------------------


def create(desk: JiraDesk, *, public: bool = False, key: str = "ticket/1") -> str:
    receipt = desk.reborn().create_ticket(WHO, "Export is slow", "Please look.", public=public, key=key)
    return receipt.details["number"]


@pytest.mark.parametrize("public", [True, False])
@pytest.mark.parametrize("others", [0, 3, 60])
def test_a_ticket_that_the_index_does_not_know_yet_is_found(desk: JiraDesk, public: bool, others: int) -> None:
    """By its number: the next ones behind those that the index knows."""
    for number in range(others):
        desk.customer_writes(f"ticket {number}")
    desk.twin.kept.lags = True
    made = create(desk, public=public)
    found = desk.reborn().find_ticket(key="ticket/1")

    assert found is not None
    assert found.details == {"number": made}
    assert desk.reborn().find_ticket(key="ticket/2") is None


def test_a_ticket_that_the_index_passed_over_is_found(desk: JiraDesk) -> None:
    """Later ones are known to it already."""
    desk.customer_writes("before")
    desk.twin.kept.lags = True
    made = create(desk)
    desk.customer_writes("after")
    raw = desk.twin.store.get("issue", "DESK-3")
    assert raw is not None
    desk.twin.store.put([("issue", "DESK-3", "", "", 3, raw | {"indexed": True})])

    found = desk.reborn().find_ticket(key="ticket/1")
    assert found is not None
    assert found.details == {"number": made}


@pytest.mark.parametrize("fault", ["500 after", "drop after", "cut json", "slow"])
@pytest.mark.parametrize("public", [True, False])
def test_a_new_ticket_whose_answer_is_lost_while_the_index_lags_is_there_once(
    desk: JiraDesk, public: bool, fault: str
) -> None:
    desk.twin.kept.lags = True
    desk.weather.write_faults.append(fault)
    with pytest.raises(Unconfirmed):
        create(desk, public=public)
    if desk.reborn().find_ticket(key="ticket/1") is None:
        create(desk, public=public)

    assert desk.count() == 1


def test_nobody_outside_sees_a_ticket_that_is_for_agents(desk: JiraDesk) -> None:
    ref = Ref("jira", "ticket", create(desk))
    desk.agent_writes(ref, "I am looking.", public=True)

    assert [one.public for one in read(desk, ref).messages] == [False, False]


def test_a_customer_is_found_by_exactly_their_address(desk: JiraDesk) -> None:
    desk.customer_writes("Hello", email="maya.chen@example.com.evil.example")
    ref = Ref("jira", "ticket", create(desk, public=True))

    assert read(desk, ref).requester.email == MAYA


def test_two_customers_with_one_address_are_nobody(desk: JiraDesk) -> None:
    twice = {"accountId": "other", "displayName": "Maya", "emailAddress": MAYA.upper(), "accountType": "customer"}
    desk.twin.store.put([("user", "other", "", "other", 0, twice)])
    with pytest.raises(Invalid, match="several customers with this address: no ticket was created"):
        create(desk)

    assert desk.count() == 0


@pytest.mark.parametrize("public", [True, False])
def test_a_desk_that_names_no_place_for_new_tickets_is_told_what_to_name(desk: JiraDesk, public: bool) -> None:
    writer = JiraWriter(desk.wire, desk.account.id, desk.twin.clock, NewTickets(desk.wire, Place("DESK")))
    with pytest.raises(Invalid, match=r"desk.toml must name service_desk, .*: no ticket was created"):
        writer.create_ticket(WHO, "Export is slow", "Please look.", public=public, key="ticket/1")

    assert desk.count() == 0


def test_a_new_ticket_whose_number_is_not_told_is_not_called_undone(desk: JiraDesk) -> None:
    desk.weather.drift = lambda answer: without(answer, "key") if "self" in answer else answer
    with pytest.raises(Unconfirmed):
        create(desk)
    desk.weather.clear()

    assert desk.writer.find_ticket(key="ticket/1") is not None


def test_a_list_of_customers_that_repeats_ends(desk: JiraDesk) -> None:
    page = {"values": [{"accountId": "1", "emailAddress": "a@example.com"}], "isLastPage": False, "size": 1}
    desk.weather.drift = lambda answer: page if "isLastPage" in answer else answer
    with pytest.raises(ConnectorError):
        create(desk)

    assert desk.count() == 0


# -- answers that are not as they were --------------------------------------------------------------


def each(answer: Any, change: Callable[[Json], Json]) -> Any:
    match answer:
        case dict():
            return change({name: each(value, change) for name, value in answer.items()})
        case list():
            return [each(one, change) for one in answer]
        case _:
            return answer


def without(answer: Any, field: str) -> Any:
    return each(answer, lambda one: {name: value for name, value in one.items() if name != field})


def replaced(answer: Any, field: str, value: Any) -> Any:
    return each(answer, lambda one: one | ({field: value} if field in one else {}))


def added(answer: Any, beside: str, field: str, value: Any) -> Any:
    return each(answer, lambda one: one | ({field: value} if beside in one else {}))


def test_an_issue_that_lacks_what_we_rely_on_is_no_ticket(desk: JiraDesk) -> None:
    ref = desk.customer_writes("Hello")
    for field in ("status", "updated", "created", "fields"):
        desk.weather.drift = lambda answer, field=field: without(answer, field)
        with pytest.raises(Invalid):
            desk.tickets.ticket(ref)


@pytest.mark.parametrize("cloud", [False, True])
def test_both_addresses_lead_to_the_same_desk(desk: JiraDesk, cloud: bool) -> None:
    """The twin is mounted at both; the documents know one of them."""
    ref = desk.customer_writes("Hello")
    path = "/ex/jira/0f3a" if cloud else ""
    auth = httpx2.BasicAuth(OWN_EMAIL, jira.TOKEN)
    wire = Wire(f"https://twin.example{path}", auth=auth, transport=InProcess(desk.twin.app))
    JiraWriter(wire, desk.account.id, desk.twin.clock, NewTickets(wire, PLACE)).add_tags(ref, ["vip"], key="tags/1")

    assert "vip" in read(desk, ref).tags


def test_what_is_due_is_told_while_its_clock_runs(desk: JiraDesk) -> None:
    due = JiraDueTimes(desk.wire)
    ref = desk.customer_writes("Hello")
    assert due.due(ref) is None

    desk.twin.answer_within = timedelta(hours=2)
    opened = desk.tickets.ticket(ref).value.created_at
    assert due.due(ref) == opened + timedelta(hours=2)
    desk.agent_writes(ref, "Hello, I am looking.", public=True)
    assert due.due(ref) is None


def test_an_issue_that_no_customer_sees_promises_nothing(desk: JiraDesk) -> None:
    desk.twin.answer_within = timedelta(hours=2)
    made = desk.writer.create_ticket(WHO, "Export is slow", "Please look.", public=False, key="ticket/1")

    assert JiraDueTimes(desk.wire).due(Ref("jira", "ticket", made.details["number"])) is None

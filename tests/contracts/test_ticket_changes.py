"""New tickets, states and tags: our client, the twin and Zendesk's document agree."""

import hashlib
from collections.abc import Callable

import pytest
from tests.contracts import rigs
from tests.contracts.rigs import Desk
from tests.contracts.test_tickets import Interrupted, opened

from deskhand.domain.errors import Clash, Invalid, Missing
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Author, Priority, Requester, Status, Ticket

MAYA = Requester("Maya Chen", "maya.chen@example.com", verified=True)


def read(desk: Desk, ref: Ref) -> Ticket:
    return desk.tickets.ticket(ref).value


def tags(desk: Desk, ref: Ref) -> set[str]:
    """Those of others: without our marks."""
    return {one for one in read(desk, ref).tags if not one.startswith("dh_")}


def test_a_new_ticket_belongs_to_its_requester(desk: Desk) -> None:
    receipt = desk.writer.create_ticket(MAYA, "Export is slow", "Please look.", public=False, key="ticket/1")
    ticket = read(desk, Ref("zendesk", "ticket", receipt.details["number"]))

    assert (ticket.subject, ticket.requester) == ("Export is slow", MAYA)
    assert [(one.author, one.public, one.text) for one in ticket.messages] == [
        (Author.ASSISTANT, False, "Please look.")
    ]
    found = desk.writer.find_ticket(key="ticket/1")
    assert found is not None
    assert (found.id, found.details) == (receipt.id, receipt.details)
    assert desk.writer.find_ticket(key="ticket/2") is None


def test_a_stranger_becomes_a_requester_whose_address_is_not_verified(desk: Desk) -> None:
    stranger = Requester("", "new@example.com", verified=True)
    receipt = desk.writer.create_ticket(stranger, "Hello", "Text", public=True, key="ticket/1")

    assert not read(desk, Ref("zendesk", "ticket", receipt.details["number"])).requester.verified


def test_nobody_has_no_ticket(desk: Desk) -> None:
    with pytest.raises(Invalid, match="no ticket was created"):
        desk.writer.create_ticket(Requester("Maya", "", verified=False), "Hello", "Text", public=True, key="ticket/1")

    assert desk.twin.store.count("ticket") == 0


def test_a_key_cannot_be_used_for_another_ticket(desk: Desk) -> None:
    desk.writer.create_ticket(MAYA, "One", "Text", public=True, key="ticket/1")
    with pytest.raises(Invalid):
        desk.writer.create_ticket(MAYA, "Two", "Text", public=True, key="ticket/1")

    assert desk.twin.store.count("ticket") == 1


def test_only_what_is_given_is_set_and_it_can_be_put_back(desk: Desk) -> None:
    ref = opened(desk)
    receipt = desk.writer.update_ticket(ref, priority=Priority.URGENT, key="update/1")

    assert (read(desk, ref).priority, read(desk, ref).status) == (Priority.URGENT, Status.OPEN)
    assert receipt.details == {"status": "open", "priority": "urgent"}
    assert receipt.before == {"priority": "normal"}
    desk.writer.update_ticket(ref, priority=Priority(receipt.before["priority"]), key="update/2")
    assert read(desk, ref).priority is Priority.NORMAL


def test_state_and_group_are_set_in_one_request(desk: Desk) -> None:
    ref = opened(desk)
    receipt = desk.writer.update_ticket(ref, status=Status.SOLVED, group="360001", key="update/1")
    ticket = read(desk, ref)

    assert (ticket.status, ticket.group) == (Status.SOLVED, "360001")
    assert receipt.before == {"status": "open", "group": ""}
    found = desk.writer.find_effect(ref, key="update/1")
    assert found is not None
    assert (found.id, found.details) == (receipt.id, receipt.details)


def test_an_agent_who_acts_first_is_not_overwritten() -> None:
    meanwhile: list[Callable[[], object]] = []
    desk = rigs.desk(lambda inner: Interrupted(inner, meanwhile))
    ref = opened(desk)
    meanwhile.append(lambda: desk.twin.resolve(int(ref.id), "Solved it."))
    with pytest.raises(Clash):
        desk.writer.update_ticket(ref, status=Status.PENDING, key="update/1")

    assert read(desk, ref).status is Status.SOLVED
    assert desk.writer.find_effect(ref, key="update/1") is None
    desk.twin.store.close()


def test_what_cannot_be_set_is_refused_before_anything_is_sent(desk: Desk) -> None:
    ref = opened(desk)
    before = read(desk, ref)
    with pytest.raises(Invalid, match="nothing was changed"):
        desk.writer.update_ticket(ref, status=Status.CLOSED, key="update/1")
    with pytest.raises(Invalid, match="nothing was changed"):
        desk.writer.update_ticket(ref, group="support", key="update/2")

    assert read(desk, ref) == before


def test_tags_are_added_beside_what_is_there_and_removed_again(desk: Desk) -> None:
    ref = opened(desk)
    desk.writer.add_tags(ref, ["vip"], key="tags/1")
    receipt = desk.writer.add_tags(ref, ["vip", "billing"], key="tags/2")

    assert tags(desk, ref) == {"vip", "billing"}
    assert receipt.before == {"tags": "billing"}
    desk.writer.remove_tags(ref, receipt.before["tags"].split(), key="tags/3")
    assert tags(desk, ref) == {"vip"}


def test_what_is_not_there_is_removed_without_harm(desk: Desk) -> None:
    ref = opened(desk)
    desk.writer.add_tags(ref, ["vip"], key="tags/1")
    first = desk.writer.remove_tags(ref, ["vip", "old"], key="tags/2")
    desk.writer.remove_tags(ref, ["vip", "old"], key="tags/2")

    assert tags(desk, ref) == set()
    assert first.before == {"tags": "vip"}


def test_a_reply_and_its_mark_outlive_a_change_of_tags(desk: Desk) -> None:
    ref = opened(desk)
    desk.writer.reply(ref, "Hello", public=True, key="reply/1")
    desk.writer.add_tags(ref, ["vip"], key="tags/1")
    desk.writer.remove_tags(ref, ["vip"], key="tags/2")

    assert desk.writer.find_effect(ref, key="reply/1") is not None
    assert desk.writer.find_effect(ref, key="tags/1") is not None


@pytest.mark.parametrize("tag", ["two words", "VIP", "", "a" * 81, "dh_" + hashlib.sha256(b"reply/1").hexdigest()[:20]])
def test_what_is_no_tag_or_proves_a_deed_of_ours_is_refused(desk: Desk, tag: str) -> None:
    ref = opened(desk)
    for change in (desk.writer.add_tags, desk.writer.remove_tags):
        with pytest.raises(Invalid, match="no tag was changed"):
            change(ref, [tag], key="tags/1")

    assert tags(desk, ref) == set()


def test_a_ticket_that_is_not_there_is_missing(desk: Desk) -> None:
    nothing = Ref("zendesk", "ticket", "404")
    for change in (desk.writer.add_tags, desk.writer.remove_tags):
        with pytest.raises(Missing):
            change(nothing, ["vip"], key="tags/1")
    with pytest.raises(Missing):
        desk.writer.update_ticket(nothing, status=Status.SOLVED, key="update/1")


def test_fields_of_the_companys_own_are_set_by_their_names_and_put_back(desk: Desk) -> None:
    ticket = opened(desk)
    desk.writer.update_ticket(ticket, fields={"region": "north"}, key="update/1")
    receipt = desk.writer.update_ticket(ticket, fields={"order": "A-17"}, assignee="7", key="update/2")

    now = read(desk, ticket)
    assert (now.fields, now.assignee) == ({"order": "A-17", "region": "north"}, "7")
    assert receipt.before == {"fields.order": "", "assignee": ""}


def test_a_field_that_the_desk_does_not_name_is_refused(desk: Desk) -> None:
    ticket = opened(desk)
    before = read(desk, ticket)
    with pytest.raises(Invalid, match="names no field 'price'"):
        desk.writer.update_ticket(ticket, fields={"price": "0"}, key="update/1")

    assert read(desk, ticket) == before

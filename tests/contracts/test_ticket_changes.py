"""New tickets, states and tags: our client, the twin and Zendesk's document agree."""

import hashlib
from collections.abc import Callable

import pytest
from tests.contracts.rigs import Desk
from tests.contracts.test_tickets import opened

from deskhand.domain.action import Receipt
from deskhand.domain.errors import Invalid, Unconfirmed
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Requester, Status, Ticket

MAYA = Requester("Maya Chen", "maya.chen@example.com", verified=True)


def read(desk: Desk, ref: Ref) -> Ticket:
    return desk.tickets.ticket(ref).value


def tags(desk: Desk, ref: Ref) -> set[str]:
    """Those of others: without our marks."""
    return {one for one in read(desk, ref).tags if not one.startswith("dh_")}


def test_a_key_cannot_be_used_for_another_ticket(desk: Desk) -> None:
    desk.writer.create_ticket(MAYA, "One", "Text", public=True, key="ticket/1")
    with pytest.raises(Invalid):
        desk.writer.create_ticket(MAYA, "Two", "Text", public=True, key="ticket/1")

    assert desk.twin.store.count("ticket") == 1


def test_what_cannot_be_set_is_refused_before_anything_is_sent(desk: Desk) -> None:
    ref = opened(desk)
    before = read(desk, ref)
    with pytest.raises(Invalid, match="nothing was changed"):
        desk.writer.update_ticket(ref, status=Status.CLOSED, key="update/1")
    with pytest.raises(Invalid, match="nothing was changed"):
        desk.writer.update_ticket(ref, group="support", key="update/2")

    assert read(desk, ref) == before


def test_what_is_not_there_is_removed_without_harm(desk: Desk) -> None:
    ref = opened(desk)
    desk.writer.add_tags(ref, ["vip"], key="tags/1")
    first = desk.writer.remove_tags(ref, ["vip", "old"], key="tags/2")
    desk.writer.remove_tags(ref, ["vip", "old"], key="tags/2")

    assert tags(desk, ref) == set()
    assert first.before == {"tags": "vip"}


@pytest.mark.parametrize("tag", ["two words", "VIP", "", "a" * 81, "dh_" + hashlib.sha256(b"reply/1").hexdigest()[:20]])
def test_what_is_no_tag_or_proves_a_deed_of_ours_is_refused(desk: Desk, tag: str) -> None:
    ref = opened(desk)
    for change in (desk.writer.add_tags, desk.writer.remove_tags):
        with pytest.raises(Invalid, match="no tag was changed"):
            change(ref, [tag], key="tags/1")

    assert tags(desk, ref) == set()


def test_nobody_and_no_group_can_be_put_back(desk: Desk) -> None:
    ref = opened(desk)
    receipt = desk.writer.update_ticket(ref, group="12", assignee="7", key="update/1")
    desk.writer.update_ticket(ref, group=receipt.before["group"], assignee=receipt.before["assignee"], key="update/2")

    assert (read(desk, ref).group, read(desk, ref).assignee) == ("", "")


def test_a_merge_that_zendesk_only_took_on_is_not_called_done(desk: Desk) -> None:
    into, ref = opened(desk), opened(desk)
    desk.twin.late = True
    with pytest.raises(Unconfirmed, match="has not merged"):
        desk.writer.merge(ref, into, key="merge/1")
    assert desk.writer.find_merge(ref, into, key="merge/1") is None

    desk.twin.catch_up()
    found = desk.writer.find_merge(ref, into, key="merge/1")
    assert found is not None
    assert found.details == {"into": into.id}


def test_a_merged_ticket_takes_no_change_any_more_and_is_merged_nowhere_else(desk: Desk) -> None:
    into, ref, third = opened(desk), opened(desk), opened(desk)
    desk.writer.merge(ref, into, key="merge/1")

    changes: tuple[Callable[[], Receipt], ...] = (
        lambda: desk.writer.update_ticket(ref, status=Status.OPEN, key="update/1"),
        lambda: desk.writer.reply(ref, "Hello", public=False, key="note/1"),
        lambda: desk.writer.add_tags(ref, ["vip"], key="tags/1"),
        lambda: desk.writer.merge(ref, third, key="merge/2"),
        lambda: desk.writer.merge(third, ref, key="merge/3"),
    )
    for change in changes:
        with pytest.raises(Invalid):
            change()
    assert read(desk, third).status is Status.OPEN
    assert len(desk.twin.said(int(into.id), public=False)) == 1

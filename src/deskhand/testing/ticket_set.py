"""What is set on a ticket is set alone, and can be put back; what is merged keeps every word."""

import pytest

from deskhand.connectors.http.faulty import FAULTS
from deskhand.domain.errors import Invalid, Missing
from deskhand.domain.ticket import Priority, Status
from deskhand.testing.help_desk import WrittenDesk
from deskhand.testing.one_write import ENDED, WrittenContract, read
from deskhand.testing.ticket_reads import nowhere


class SetContract(WrittenContract):
    """States, people, fields, tags and merges."""

    def test_only_what_is_given_is_set_and_it_can_be_put_back(self, desk: WrittenDesk) -> None:
        ref = desk.customer_writes("Hello")
        was = read(desk, ref)
        receipt = desk.writer.update_ticket(ref, priority=Priority.URGENT, key="update/1")

        assert (read(desk, ref).priority, read(desk, ref).status) == (Priority.URGENT, was.status)
        assert receipt.details == {"status": "open", "priority": "urgent"}
        assert receipt.before == {"priority": str(was.priority or "")}
        desk.writer.update_ticket(ref, priority=Priority.LOW, key="update/2")
        assert read(desk, ref).priority is Priority.LOW

    def test_state_and_people_are_set_together(self, desk: WrittenDesk) -> None:
        group, assignee = self.people
        ref = desk.customer_writes("Hello")
        receipt = desk.writer.update_ticket(ref, status=Status.SOLVED, group=group, assignee=assignee, key="update/1")
        now = read(desk, ref)

        assert (now.status, now.group, now.assignee) == (Status.SOLVED, group, assignee)
        assert receipt.before == {"status": "open", "group": "", "assignee": ""}
        found = desk.reborn().find_effect(ref, key="update/1")
        assert found is not None
        assert (found.id, found.details) == (receipt.id, receipt.details)

    def test_whoever_is_assigned_keeps_it_where_only_what_is_free_may_be_given(self, desk: WrittenDesk) -> None:
        _, assignee = self.people
        ref = desk.customer_writes("Hello")
        desk.writer.update_ticket(ref, assignee=assignee, key="update/1", if_free=True)
        assert read(desk, ref).assignee == assignee
        with pytest.raises(Invalid, match="nothing was changed"):
            desk.writer.update_ticket(ref, assignee=assignee, key="update/2", if_free=True)
        assert desk.writer.find_effect(ref, key="update/2") is None
        desk.writer.update_ticket(ref, assignee=assignee, key="update/1", if_free=True)  # the same effect once more

    def test_what_cannot_be_set_is_refused_before_anything_is_sent(self, desk: WrittenDesk) -> None:
        ref = desk.customer_writes("Hello")
        before = read(desk, ref)
        with pytest.raises(Invalid, match="nothing was changed"):
            desk.writer.update_ticket(ref, status=Status.OTHER, key="update/1")
        with pytest.raises(Invalid, match="nothing was changed"):
            desk.writer.update_ticket(ref, group="no such group!", key="update/2")

        assert read(desk, ref) == before

    def test_fields_of_the_companys_own_are_set_by_their_names_and_put_back(self, desk: WrittenDesk) -> None:
        order, region = self.fields
        ref = desk.customer_writes("Hello")
        desk.writer.update_ticket(ref, fields={region: "north"}, key="update/1")
        receipt = desk.writer.update_ticket(ref, fields={order: "A-17"}, key="update/2")

        assert read(desk, ref).fields == {order: "A-17", region: "north"}
        assert receipt.before == {f"fields.{order}": ""}

    def test_a_field_that_the_desk_does_not_name_is_refused(self, desk: WrittenDesk) -> None:
        ref = desk.customer_writes("Hello")
        before = read(desk, ref)
        with pytest.raises(Invalid, match="names no field 'price'"):
            desk.writer.update_ticket(ref, fields={"price": "0"}, key="update/1")

        assert read(desk, ref) == before

    def test_tags_are_added_beside_what_is_there_and_removed_again(self, desk: WrittenDesk) -> None:
        ref = desk.customer_writes("Hello")
        desk.writer.add_tags(ref, ["vip"], key="tags/1")
        receipt = desk.writer.add_tags(ref, ["vip", "billing"], key="tags/2")

        assert {"vip", "billing"} <= read(desk, ref).tags
        assert receipt.before == {"tags": "billing"}
        desk.writer.remove_tags(ref, receipt.before["tags"].split(), key="tags/3")
        assert {"vip", "billing"} & read(desk, ref).tags == {"vip"}

    @pytest.mark.parametrize("fault", ["", *FAULTS])
    def test_tags_that_are_removed_twice_are_gone_once(self, desk: WrittenDesk, fault: str) -> None:
        """Nothing can carry the key of what is gone, and a second copy does no harm."""
        ref = desk.customer_writes("Hello")
        desk.writer.add_tags(ref, ["vip", "billing"], key="tags/1")
        desk.weather.write_faults.append(fault)
        receipt = desk.writer.remove_tags(ref, ["vip", "old"], key="tags/2")
        desk.weather.clear()
        desk.writer.remove_tags(ref, ["vip", "old"], key="tags/2")

        assert {"vip", "billing", "old"} & read(desk, ref).tags == {"billing"}
        assert receipt.before == {"tags": "vip"}

    def test_what_is_no_tag_is_refused(self, desk: WrittenDesk) -> None:
        ref = desk.customer_writes("Hello")
        before = read(desk, ref)
        for tag in self.no_tags:
            for change in (desk.writer.add_tags, desk.writer.remove_tags):
                with pytest.raises(Invalid, match="no tag was changed"):
                    change(ref, [tag], key="tags/1")

        assert read(desk, ref) == before

    def test_a_reply_is_found_whatever_becomes_of_the_tags(self, desk: WrittenDesk) -> None:
        ref = desk.customer_writes("Hello")
        desk.writer.reply(ref, "Hello", public=True, key="reply/1")
        desk.writer.add_tags(ref, ["vip"], key="tags/1")
        desk.writer.remove_tags(ref, ["vip"], key="tags/2")

        assert desk.writer.find_effect(ref, key="reply/1") is not None
        assert desk.writer.find_effect(ref, key="tags/1") is not None

    def test_a_merged_ticket_keeps_all_that_was_said_and_no_customer_hears_of_it(self, desk: WrittenDesk) -> None:
        into = desk.customer_writes("Where is my parcel?")
        ref = desk.customer_writes("Hello? My parcel!")
        desk.writer.reply(ref, "You wrote to us about this before.", public=True, key="reply/1")
        before, there = read(desk, ref).messages, read(desk, into).messages
        receipt = desk.writer.merge(ref, into, key="merge/1")
        merged, now = read(desk, ref), read(desk, into)

        assert receipt.details == {"into": into.id}
        assert merged.status in ENDED
        assert now.status is Status.OPEN
        assert [one for one in merged.messages if one in before] == list(before)
        assert [one for one in now.messages if one in there] == list(there)
        assert all(not one.public for one in merged.messages[len(before) :])
        said = [one for one in now.messages[len(there) :] if one.public]
        assert {one.text for one in said} <= {one.text for one in before}  # some help desks take it all along
        assert any(into.id in one for one in desk.notes(ref))
        assert len(desk.notes(into)) >= 1

    def test_what_is_merged_already_is_merged_once(self, desk: WrittenDesk) -> None:
        into, ref = desk.customer_writes("Hello"), desk.customer_writes("Hello again")
        first = desk.writer.merge(ref, into, key="merge/1")
        notes = desk.notes(into)
        again = desk.reborn().merge(ref, into, key="merge/1")

        assert again.id == first.id
        assert desk.notes(into) == notes

    def test_a_ticket_that_is_not_there_cannot_be_merged(self, desk: WrittenDesk) -> None:
        ref = desk.customer_writes("Hello")
        before = read(desk, ref)
        with pytest.raises(Missing):
            desk.writer.merge(ref, nowhere(ref), key="merge/1")
        with pytest.raises(Missing):
            desk.writer.merge(nowhere(ref), ref, key="merge/2")

        assert read(desk, ref) == before

    def test_a_merge_is_put_back_where_the_help_desk_allows_it(self, desk: WrittenDesk) -> None:
        into, ref = desk.customer_writes("Hello"), desk.customer_writes("Hello again")
        receipt = desk.writer.merge(ref, into, key="merge/1")
        assert (receipt.before == {"status": "open"}) is self.parts
        if self.parts:
            desk.writer.update_ticket(ref, status=Status.OPEN, key="update/1")
            assert read(desk, ref).status is Status.OPEN

    def test_a_ticket_that_is_not_there_is_missing(self, desk: WrittenDesk) -> None:
        nothing = nowhere(desk.customer_writes("Hello"))
        for change in (desk.writer.add_tags, desk.writer.remove_tags):
            with pytest.raises(Missing):
                change(nothing, ["vip"], key="tags/1")
        with pytest.raises(Missing):
            desk.writer.update_ticket(nothing, status=Status.SOLVED, key="update/1")
        with pytest.raises(Missing):
            desk.writer.reply(nothing, "Hello", public=True, key="reply/1")
        with pytest.raises(Missing):
            desk.writer.find_effect(nothing, key="reply/1")

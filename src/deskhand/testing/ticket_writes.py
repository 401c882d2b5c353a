"""What whoever writes on tickets of a help desk can rely on: above all that everything happens once."""

import hashlib
from collections.abc import Callable
from contextlib import suppress

import pytest

from deskhand.connectors.http.faulty import FAULTS
from deskhand.domain.action import Receipt
from deskhand.domain.errors import Busy, Clash, ConnectorError, Invalid, Missing, Refused, Unconfirmed
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Author, Priority, Requester, Status, Ticket
from deskhand.testing.help_desk import MAYA, HelpDeskContract, Write, WrittenDesk
from deskhand.testing.ticket_reads import nowhere, untold
from deskhand.testing.weather import EXPIRED, STORM, Died

LOST = ("500 after", "drop after", "cut json", "slow")  # done, and the answer lost
ENDED = (Status.SOLVED, Status.CLOSED)
REQUESTS = 6  # more than any write takes, but for a merge
OF_A_MERGE = 16
WHO = Requester("Maya Chen", MAYA, verified=True)


def reply(desk: WrittenDesk, key: str) -> Write:
    ref = desk.customer_writes("Hello")
    return Write(
        act=lambda writer: writer.reply(ref, "Refunded.", public=True, key=key),
        other=lambda writer: writer.reply(ref, "Something else.", public=True, key=key),
        find=lambda writer: writer.find_effect(ref, key=key),
        effects=lambda: times("Refunded.", desk.public_texts(ref)) + times("Something else.", desk.public_texts(ref)),
    )


def note(desk: WrittenDesk, key: str) -> Write:
    ref = desk.customer_writes("Hello")
    return Write(
        act=lambda writer: writer.reply(ref, "Handed over.", public=False, key=key),
        other=lambda writer: writer.reply(ref, "Something else.", public=False, key=key),
        find=lambda writer: writer.find_effect(ref, key=key),
        effects=lambda: times("Handed over.", desk.notes(ref)) + times("Something else.", desk.notes(ref)),
    )


def ticket(desk: WrittenDesk, key: str) -> Write:
    before = desk.count()
    return Write(
        act=lambda writer: writer.create_ticket(WHO, "Export is slow", "Please look.", public=False, key=key),
        other=lambda writer: writer.create_ticket(WHO, "Another", "Something else.", public=False, key=key),
        find=lambda writer: writer.find_ticket(key=key),
        effects=lambda: desk.count() - before,
    )


def update(desk: WrittenDesk, key: str) -> Write:
    ref = desk.customer_writes("Hello")
    return Write(
        act=lambda writer: writer.update_ticket(ref, status=Status.SOLVED, key=key),
        other=lambda writer: writer.update_ticket(ref, status=Status.PENDING, key=key),
        find=lambda writer: writer.find_effect(ref, key=key),
        effects=lambda: int(read(desk, ref).status is Status.SOLVED),
    )


def tags(desk: WrittenDesk, key: str) -> Write:
    ref = desk.customer_writes("Hello")
    return Write(
        act=lambda writer: writer.add_tags(ref, ["vip"], key=key),
        other=lambda writer: writer.add_tags(ref, ["vip"], key=key),
        find=lambda writer: writer.find_effect(ref, key=key),
        effects=lambda: int("vip" in read(desk, ref).tags),
    )


def merge(desk: WrittenDesk, key: str) -> Write:
    into, ref = desk.customer_writes("Hello"), desk.customer_writes("Hello again")
    return Write(
        act=lambda writer: writer.merge(ref, into, key=key),
        other=lambda writer: writer.merge(ref, into, key=key),
        find=lambda writer: writer.find_merge(ref, into, key=key),
        effects=lambda: max(len(desk.notes(ref)), len(desk.notes(into))),
    )


WRITES: tuple[Callable[[WrittenDesk, str], Write], ...] = (reply, note, ticket, update, tags, merge)
EACH = pytest.mark.parametrize("made", WRITES, ids=lambda made: made.__name__)


class TicketWriterContract(HelpDeskContract):
    """`guards_versions`: the system refuses a write on a ticket that somebody changed meanwhile. `in_steps`: writes
    that take several requests, by the name of the function that makes them here; a lost answer in the middle of one is
    found as nothing, and it is gone on with. `no_tags`: what cannot be a tag there. `fields`: two of the company's own
    fields, by the desk's names. `people`: a group and a person that there are. `parts`: a merge can be
    put back."""

    guards_versions: bool = True
    in_steps: frozenset[str] = frozenset()
    no_tags: tuple[str, ...] = ("", "two words")
    fields: tuple[str, str] = ("order", "region")
    people: tuple[str, str] = ("360001", "7")
    parts: bool = False

    # -- what is written is there -------------------------------------------------------------------

    def test_a_reply_is_for_the_customer_and_a_note_is_not(self, desk: WrittenDesk) -> None:
        ref = desk.customer_writes("Hello")
        desk.writer.reply(ref, "Refunded.", public=True, key="reply/1")
        desk.writer.reply(ref, "Handed over.", public=False, key="note/1")

        assert [(one.author, one.public, one.text) for one in read(desk, ref).messages[1:]] == [
            (Author.ASSISTANT, True, "Refunded."),
            (Author.ASSISTANT, False, "Handed over."),
        ]
        assert times("Handed over.", desk.public_texts(ref)) == 0
        assert times("Handed over.", desk.notes(ref)) == 1

    def test_everybody_is_told_apart(self, desk: WrittenDesk) -> None:
        ref = desk.customer_writes("Hello")
        desk.agent_writes(ref, "I am looking.", public=True)
        desk.writer.reply(ref, "Refunded.", public=True, key="reply/1")
        desk.writer.reply(ref, "Handed over.", public=False, key="note/1")
        desk.customer_writes("Thanks", ref)

        assert [(one.author, one.public, one.text) for one in read(desk, ref).messages] == [
            (Author.CUSTOMER, True, "Hello"),
            (Author.AGENT, True, "I am looking."),
            (Author.ASSISTANT, True, "Refunded."),
            (Author.ASSISTANT, False, "Handed over."),
            (Author.CUSTOMER, True, "Thanks"),
        ]

    @pytest.mark.parametrize(
        "text", ["Two\n\nparagraphs\nand a line.", "1 < 2 & <b>bold</b>", "a  b", "Grüße 👋\u200d", "\"quoted\" 'so'"]
    )
    def test_a_text_arrives_as_it_was_written(self, desk: WrittenDesk, text: str) -> None:
        ref = desk.customer_writes("Hello")
        desk.writer.reply(ref, text, public=True, key="reply/1")

        assert read(desk, ref).messages[-1].text == text

    def test_what_a_reply_said_is_on_its_receipt(self, desk: WrittenDesk) -> None:
        ref = desk.customer_writes("Hello")
        receipt = desk.writer.reply(ref, "Refunded.", public=True, key="reply/1")

        assert (receipt.key, receipt.system) == ("reply/1", desk.writer.system)
        assert receipt.details == {"text_sha256": hashlib.sha256(b"Refunded.").hexdigest()}

    def test_each_effect_is_found_by_its_own_key(self, desk: WrittenDesk) -> None:
        """Also when two say the same."""
        ref = desk.customer_writes("Hello")
        first = desk.writer.reply(ref, "One moment.", public=True, key="reply/1")
        assert desk.writer.find_effect(ref, key="reply/2") is None
        second = desk.writer.reply(ref, "One moment.", public=True, key="reply/2")

        found = [desk.reborn().find_effect(ref, key=f"reply/{number}") for number in (1, 2, 3)]
        assert [one and one.id for one in found] == [first.id, second.id, None]
        assert times("One moment.", desk.public_texts(ref)) == 2

    def test_what_a_customer_or_an_agent_repeats_is_no_effect_of_ours(self, desk: WrittenDesk) -> None:
        ref = desk.customer_writes("Hello")
        desk.writer.reply(ref, "Refunded.", public=True, key="reply/1")
        said = desk.public_texts(ref)[-1]
        elsewhere = desk.customer_writes(f"You wrote to me: {said}")
        desk.agent_writes(elsewhere, f"They got: {said}", public=False)

        assert desk.writer.find_effect(elsewhere, key="reply/1") is None

    def test_a_new_ticket_belongs_to_its_requester(self, desk: WrittenDesk) -> None:
        receipt = desk.writer.create_ticket(WHO, "Export is slow", "Please look.", public=False, key="ticket/1")
        made = read(desk, self.made(desk, receipt))

        assert (made.subject, made.requester.email) == ("Export is slow", MAYA)
        assert [(one.author, one.public, one.text) for one in made.messages] == [
            (Author.ASSISTANT, False, "Please look.")
        ]
        found = desk.reborn().find_ticket(key="ticket/1")
        assert found is not None
        assert (found.id, found.details) == (receipt.id, receipt.details)
        assert desk.writer.find_ticket(key="ticket/2") is None

    def test_a_new_ticket_can_speak_to_its_requester(self, desk: WrittenDesk) -> None:
        receipt = desk.writer.create_ticket(WHO, "Export is slow", "We are looking.", public=True, key="ticket/1")
        ref = self.made(desk, receipt)

        assert times("We are looking.", desk.public_texts(ref)) == 1
        assert [(one.author, one.public, one.text) for one in read(desk, ref).messages] == [
            (Author.ASSISTANT, True, "We are looking.")
        ]

    def test_nobody_has_no_ticket(self, desk: WrittenDesk) -> None:
        nobody = Requester("Maya", "", verified=False)
        with pytest.raises(Invalid, match="no ticket was created"):
            desk.writer.create_ticket(nobody, "Hello", "Text", public=True, key="ticket/1")

        assert desk.count() == 0

    def test_a_stranger_becomes_a_requester_whose_address_is_not_verified(self, desk: WrittenDesk) -> None:
        stranger = Requester("", "new@example.com", verified=True)
        receipt = desk.writer.create_ticket(stranger, "Hello", "Text", public=True, key="ticket/1")
        requester = read(desk, self.made(desk, receipt)).requester

        assert (requester.email, requester.verified) == ("new@example.com", False)

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

    # -- once ---------------------------------------------------------------------------------------

    @EACH
    @pytest.mark.parametrize("fault", ["", *FAULTS])
    def test_a_write_happens_exactly_once(
        self, desk: WrittenDesk, made: Callable[[WrittenDesk, str], Write], fault: str
    ) -> None:
        """Whichever of its requests the fault strikes."""
        for place in range(_requests(made) if fault else 1):
            write = made(desk, f"key/{place}")
            desk.weather.faults.extend([""] * place + [fault])
            receipt = write.once(desk.writer)
            desk.weather.clear()

            self.is_whole(desk, write, receipt)

    @EACH
    @pytest.mark.parametrize("fault", LOST)
    def test_a_write_whose_every_answer_is_lost_is_never_called_undone(
        self, desk: WrittenDesk, made: Callable[[WrittenDesk, str], Write], fault: str
    ) -> None:
        """`Unconfirmed`, and not an error that says that nothing was changed."""
        write = made(desk, "key/1")
        desk.weather.write_faults.extend([fault] * 4)
        with pytest.raises(Unconfirmed):
            write.act(desk.writer)
        desk.weather.clear()

        assert write.effects() == 1
        if made.__name__ in self.in_steps:
            write.act(desk.reborn())
        assert write.find(desk.reborn()) is not None
        assert write.effects() == 1

    @pytest.mark.parametrize("fault", [*LOST, "500"])
    def test_a_reply_whose_answer_is_lost_is_not_sent_again_by_itself(self, desk: WrittenDesk, fault: str) -> None:
        write = reply(desk, "reply/1")
        desk.weather.write_faults.append(fault)
        with pytest.raises(Unconfirmed):
            write.act(desk.writer)

        assert write.effects() == (0 if fault == "500" else 1)
        assert (write.find(desk.writer) is None) == (fault == "500")

    @EACH
    @pytest.mark.parametrize("moment", ["before", "after"])
    def test_a_process_that_dies_at_any_request_leaves_one_effect_after_all(
        self, desk: WrittenDesk, made: Callable[[WrittenDesk, str], Write], moment: str
    ) -> None:
        """The next one looks first, and acts when there is nothing."""
        died = True
        for place in range(_requests(made)):
            write = made(desk, f"key/{place}")
            setattr(desk.weather, f"dies_{moment}", place)
            try:
                write.act(desk.writer)
                died = False
            except Died:
                died = True
            desk.weather.clear()
            next_one = desk.reborn()
            receipt = write.find(next_one) or write.act(next_one)

            self.is_whole(desk, write, receipt)
        assert not died  # it takes fewer requests, so every one of them was struck

    @EACH
    def test_the_same_key_once_more_is_the_first_answer_or_refused(
        self, desk: WrittenDesk, made: Callable[[WrittenDesk, str], Write]
    ) -> None:
        write = made(desk, "key/1")
        receipt = write.act(desk.writer)
        for again in (write.act, write.other):
            with suppress(Invalid, Clash):
                assert again(desk.reborn()).id == receipt.id

            assert write.effects() == 1

    @EACH
    def test_a_key_that_is_not_accepted_is_refused_and_nothing_is_changed(
        self, desk: WrittenDesk, made: Callable[[WrittenDesk, str], Write]
    ) -> None:
        write = made(desk, "key/1")
        desk.weather.faults.extend(["401"] * 8)
        with pytest.raises(Refused) as caught:
            write.act(desk.writer)
        desk.weather.clear()

        untold(desk, caught.value)
        assert write.effects() == 0

    @EACH
    def test_a_storm_of_429_changes_nothing_and_is_over_when_it_is_over(
        self, desk: WrittenDesk, made: Callable[[WrittenDesk, str], Write]
    ) -> None:
        write = made(desk, "key/1")
        desk.weather.faults.extend(STORM)
        with pytest.raises(Busy):
            write.act(desk.writer)
        desk.weather.clear()

        assert write.effects() == 0
        self.is_whole(desk, write, write.once(desk.writer))

    @EACH
    def test_a_key_that_ends_in_the_middle_of_a_write_leaves_one_effect_after_all(
        self, desk: WrittenDesk, made: Callable[[WrittenDesk, str], Write]
    ) -> None:
        refused = 0
        for place in range(_requests(made)):
            write = made(desk, f"key/{place}")
            desk.weather.faults.extend([""] * place + list(EXPIRED))
            try:
                write.once(desk.writer)
            except (Refused, Unconfirmed):
                refused += 1
            desk.weather.clear()
            found = write.find(desk.reborn())

            self.is_whole(desk, write, found or write.act(desk.reborn()))
        assert refused

    @EACH
    @pytest.mark.parametrize("fault", FAULTS)
    def test_no_error_of_a_write_tells_a_secret(
        self, desk: WrittenDesk, made: Callable[[WrittenDesk, str], Write], fault: str
    ) -> None:
        write = made(desk, "key/1")
        desk.weather.write_faults.extend([fault] * 12)
        with pytest.raises(ConnectorError) as caught:
            write.act(desk.writer)

        untold(desk, caught.value)

    def test_an_agent_who_writes_first_is_not_overwritten(self, desk: WrittenDesk) -> None:
        """Between our look at the ticket and our write. Who cannot guard says so, and loses no word of the agent."""
        ref = desk.customer_writes("Hello")
        desk.weather.meanwhile.append(lambda: desk.agent_writes(ref, "Solved it.", public=True))
        try:
            desk.writer.update_ticket(ref, status=Status.PENDING, key="update/1")
        except Clash:
            assert read(desk, ref).status is not Status.PENDING
            assert desk.writer.find_effect(ref, key="update/1") is None
        else:
            assert not self.guards_versions

        assert [one.text for one in read(desk, ref).messages] == ["Hello", "Solved it."]

    def test_a_customer_who_writes_first_is_answered_anew(self, desk: WrittenDesk) -> None:
        ref = desk.customer_writes("Hello")
        desk.weather.meanwhile.append(lambda: desk.customer_writes("One more thing", ref))
        try:
            desk.writer.reply(ref, "Refunded.", public=True, key="reply/1")
        except Clash:
            assert times("Refunded.", desk.public_texts(ref)) == 0
            assert desk.writer.find_effect(ref, key="reply/1") is None
        else:
            assert not self.guards_versions

        assert "One more thing" in [one.text for one in read(desk, ref).messages]

    def test_every_change_is_a_new_version(self, desk: WrittenDesk) -> None:
        """Where the system guards versions; elsewhere a version only orders what was read."""
        ref = desk.customer_writes("Hello")
        versions = [read(desk, ref).version]
        for number in range(3):
            desk.writer.reply(ref, "Hello", public=True, key=f"reply/{number}")
            versions.append(read(desk, ref).version)

        assert versions == sorted(versions)
        assert len(set(versions)) == 4 or not self.guards_versions

    def is_whole(self, desk: WrittenDesk, write: Write, receipt: Receipt) -> None:
        """It happened once, all of it, and is found again."""
        found = write.find(desk.reborn())
        assert found is not None
        assert found.id == receipt.id
        assert write.effects() == 1
        if "number" in receipt.details:
            assert times("Please look.", desk.notes(self.made(desk, receipt))) == 1

    def made(self, desk: WrittenDesk, receipt: Receipt) -> Ref:
        """The ticket that was created; its number is its id, where not said otherwise."""
        return Ref(desk.writer.system, "ticket", receipt.details["number"])


def _requests(made: Callable[[WrittenDesk, str], Write]) -> int:
    return OF_A_MERGE if made is merge else REQUESTS


def read(desk: WrittenDesk, ref: Ref) -> Ticket:
    return desk.tickets.ticket(ref).value


def times(words: str, texts: list[str]) -> int:
    return sum(words in one for one in texts)

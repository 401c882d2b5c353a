"""Every write happens once: through lost answers, dead processes, storms, keys that end, and agents who are faster."""

from collections.abc import Callable
from contextlib import suppress

import pytest

from deskhand.connectors.http.faulty import FAULTS
from deskhand.domain.errors import Busy, Clash, ConnectorError, Invalid, Refused, Unconfirmed
from deskhand.domain.ticket import Status
from deskhand.testing.help_desk import Write, WrittenDesk
from deskhand.testing.one_write import EACH, LOST, WrittenContract, read, reply, requests_of, times
from deskhand.testing.ticket_reads import untold
from deskhand.testing.weather import EXPIRED, STORM, Died


class OnceContract(WrittenContract):
    """Whatever becomes of the requests of a write."""

    @EACH
    @pytest.mark.parametrize("fault", ["", *FAULTS])
    def test_a_write_happens_exactly_once(
        self, desk: WrittenDesk, made: Callable[[WrittenDesk, str], Write], fault: str
    ) -> None:
        """Whichever of its requests the fault strikes."""
        for place in range(requests_of(made) if fault else 1):
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
        for place in range(requests_of(made)):
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
        for place in range(requests_of(made)):
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

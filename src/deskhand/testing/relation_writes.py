"""What whoever writes in a CRM can rely on: everything once."""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import pytest

from deskhand.connectors.http.faulty import FAULTS
from deskhand.domain.action import Receipt
from deskhand.domain.errors import Busy, Clash, Invalid, Missing, Refused, Unconfirmed
from deskhand.ports.writes import RelationsWriter
from deskhand.testing.crm import DEALS, DUE, LOST, REQUESTS, Entry, Relations, RelationsTests, error_of, profile
from deskhand.testing.directory import untold
from deskhand.testing.weather import EXPIRED, STORM, Died


@dataclass(frozen=True)
class Write:
    """One write: `act` does it, `other` another thing under the same key, `find` looks for it, `effects` counts it."""

    act: Callable[[RelationsWriter], Receipt]
    other: Callable[[RelationsWriter], Receipt]
    find: Callable[[RelationsWriter], Receipt | None]
    effects: Callable[[], int]

    def once(self, writer: RelationsWriter) -> Receipt:
        """What the executor does: look after a lost answer, and come again while nobody can tell."""
        try:
            return self.act(writer)
        except Unconfirmed:
            return self.find(writer) or self.act(writer)


def note(crm: Relations, key: str) -> Write:
    before = len(crm.entries())
    return Write(
        act=lambda writer: writer.add_note(crm.contact, "Maya was charged twice.", key=key),
        other=lambda writer: writer.add_note(crm.contact, "Something else.", key=key),
        find=lambda writer: writer.find_entry(crm.contact, key=key),
        effects=lambda: len(crm.entries()) - before,
    )


def task(crm: Relations, key: str) -> Write:
    before = len(crm.entries())
    return Write(
        act=lambda writer: writer.add_task(crm.contact, "Call Maya", "About the refund.", DUE, key=key),
        other=lambda writer: writer.add_task(crm.contact, "Something", "else", DUE, key=key),
        find=lambda writer: writer.find_entry(crm.contact, key=key),
        effects=lambda: len(crm.entries()) - before,
    )


def field(crm: Relations, key: str) -> Write:
    """Absolute: to set it again is harmless, so nothing is looked for."""
    return Write(
        act=lambda writer: writer.update_fields(crm.contact, {"title": f"Chair {key}"}, key=key),
        other=lambda writer: writer.update_fields(crm.contact, {"title": f"Chair {key}"}, key=key),
        find=lambda writer: None,
        effects=lambda: int(crm.title() == f"Chair {key}"),
    )


ENTRIES = pytest.mark.parametrize("made", [note, task], ids=lambda made: made.__name__)
EACH = pytest.mark.parametrize("made", [note, task, field], ids=lambda made: made.__name__)
Made = Callable[[Relations, str], Write]
TEXTS = ["Two\n\nparagraphs\nand a line.", "1 < 2 & <b>bold</b>", "Grüße 👋\u200d", "\"quoted\" 'so'"]


class RelationsWriterContract(RelationsTests):
    """Every write once, whatever happens on the way."""

    # -- what is written is there -------------------------------------------------------------------

    @pytest.mark.parametrize("text", TEXTS)
    def test_a_note_arrives_as_it_was_written(self, crm: Relations, text: str) -> None:
        receipt = crm.writer.add_note(crm.contact, text, key="note/1")

        assert [(one.text, one.due) for one in crm.entries()] == [(text, "")]
        assert (receipt.key, receipt.system) == ("note/1", crm.writer.system)
        assert receipt.details == {"text_sha256": hashlib.sha256(text.encode()).hexdigest()}

    @pytest.mark.parametrize("text", TEXTS)
    def test_a_task_is_for_whoever_looks_after_the_contact(self, crm: Relations, text: str) -> None:
        receipt = crm.writer.add_task(crm.contact, "Call Maya", text, DUE, key="task/1")

        assert crm.entries() == [Entry("Call Maya", text, DUE.isoformat(), crm.owner())]
        assert receipt.details == {"subject": "Call Maya", "due": DUE.isoformat()}

    def test_a_field_is_set_and_put_back(self, crm: Relations) -> None:
        before = crm.title()
        receipt = crm.writer.update_fields(crm.contact, {"title": "Chair"}, key="field/1")

        assert crm.title() == "Chair"
        assert (receipt.details, receipt.before) == ({"title": "Chair"}, {"title": before})
        crm.writer.update_fields(crm.contact, receipt.before, key="field/2")
        assert crm.title() == before

    def test_a_field_is_emptied(self, crm: Relations) -> None:
        crm.writer.update_fields(crm.contact, {"title": ""}, key="field/1")

        assert crm.title() == ""
        assert profile(crm).fields == {"title": ""}

    def test_what_is_so_already_is_nothing_to_take_back(self, crm: Relations) -> None:
        """Also after a first answer that was lost: what it had been before nobody can tell any more."""
        crm.writer.update_fields(crm.contact, {"title": "Chair"}, key="field/1")
        receipt = crm.reborn().update_fields(crm.contact, {"title": "Chair"}, key="field/1")

        assert receipt.before == {}
        assert receipt.details == {"title": "Chair"}

    @pytest.mark.parametrize("name", ["tier", "email", "Title", "", "title, Name"])
    def test_a_field_that_the_desk_does_not_allow_is_refused(self, crm: Relations, name: str) -> None:
        """Also beside one that it does allow, and before anything is sent."""
        before = profile(crm)
        crm.weather.faults.append("drop after")
        with pytest.raises(Invalid, match="nothing was changed"):
            crm.writer.update_fields(crm.contact, {"title": "Chair", name: "x"}, key="field/1")

        assert list(crm.weather.faults) == ["drop after"]
        assert profile(crm) == before

    def test_each_effect_is_found_by_its_own_key(self, crm: Relations) -> None:
        """Also when two say the same."""
        first = crm.writer.add_note(crm.contact, "Same words.", key="note/1")
        assert crm.writer.find_entry(crm.contact, key="note/2") is None
        second = crm.writer.add_note(crm.contact, "Same words.", key="note/2")
        third = crm.writer.add_task(crm.contact, "Call", "Same words.", DUE, key="task/1")

        found = [crm.reborn().find_entry(crm.contact, key=key) for key in ("note/1", "note/2", "task/1", "task/2")]
        assert [one and one.id for one in found] == [first.id, second.id, third.id, None]
        assert [one and one.details for one in found[:3]] == [first.details, second.details, third.details]

    def test_it_is_found_among_many(self, crm: Relations) -> None:
        receipt = crm.writer.add_note(crm.contact, "The first one.", key="note/0")
        for number in range(DEALS):
            crm.type_by_hand(f"note {number}")

        found = crm.reborn().find_entry(crm.contact, key="note/0")
        assert found is not None
        assert found.id == receipt.id

    def test_what_an_agent_repeats_is_no_effect_of_ours(self, crm: Relations) -> None:
        """Our own words, or another effect's, quoted in the middle of a text."""
        crm.writer.add_note(crm.contact, "Refunded.", key="note/1")
        (ours,) = crm.entries()
        crm.type_by_hand(f"{ours.text} said the assistant.")

        assert crm.writer.find_entry(crm.contact, key="note/2") is None
        assert len(crm.entries()) == 2

    def test_a_contact_that_is_not_there_gets_nothing(self, crm: Relations) -> None:
        nobody = crm.nowhere()
        writes: tuple[Callable[[], Receipt], ...] = (
            lambda: crm.writer.add_note(nobody, "Hello", key="note/1"),
            lambda: crm.writer.add_task(nobody, "Call", "Hello", DUE, key="task/1"),
            lambda: crm.writer.update_fields(nobody, {"title": "Chair"}, key="field/1"),
        )
        for write in writes:
            with pytest.raises((Missing, Invalid)):
                write()

    # -- once ---------------------------------------------------------------------------------------

    @EACH
    @pytest.mark.parametrize("fault", ["", *FAULTS])
    def test_a_write_happens_exactly_once(self, crm: Relations, made: Made, fault: str) -> None:
        """Whichever of its requests the fault strikes."""
        for place in range(REQUESTS if fault else 1):
            write = made(crm, f"key/{place}")
            crm.weather.faults.extend([""] * place + [fault])
            receipt = write.once(crm.writer)
            crm.weather.clear()

            assert write.effects() == 1
            found = write.find(crm.reborn())
            assert made is field or (found is not None and found.id == receipt.id)

    @EACH
    @pytest.mark.parametrize("fault", LOST)
    def test_a_write_whose_every_answer_is_lost_is_never_called_undone(
        self, crm: Relations, made: Made, fault: str
    ) -> None:
        """`Unconfirmed`, and not an error that says that nothing was changed: wherever the answers are lost from."""
        for place in range(REQUESTS):
            write = made(crm, f"key/{place}")
            crm.weather.faults.extend([""] * place + [fault] * 4)
            error = error_of(write.act, crm.reborn())
            assert error is None or isinstance(error, Unconfirmed) or write.effects() == 0
            crm.weather.clear()
            write.find(crm.reborn()) or write.act(crm.reborn())

            assert write.effects() == 1

    @EACH
    @pytest.mark.parametrize("moment", ["before", "after"])
    def test_a_process_that_dies_at_any_request_leaves_one_effect_after_all(
        self, crm: Relations, made: Made, moment: str
    ) -> None:
        """The next one looks first, and acts when there is nothing."""
        died = True
        for place in range(REQUESTS):
            write = made(crm, f"key/{place}")
            setattr(crm.weather, f"dies_{moment}", place)
            try:
                write.act(crm.writer)
                died = False
            except Died:
                died = True
            crm.weather.clear()
            next_one = crm.reborn()
            receipt = write.find(next_one) or write.act(next_one)

            assert write.effects() == 1
            found = write.find(next_one)
            assert made is field or (found is not None and found.id == receipt.id)
        assert not died  # it takes fewer requests, so every one of them was struck

    @ENTRIES
    def test_the_same_key_once_more_is_the_first_answer_or_refused(self, crm: Relations, made: Made) -> None:
        write = made(crm, "key/1")
        receipt = write.act(crm.writer)
        before = crm.entries()
        for again in (write.act, write.other):
            with suppress(Invalid, Clash):
                assert again(crm.reborn()).id == receipt.id

            assert crm.entries() == before

    @EACH
    def test_a_key_that_is_not_accepted_is_refused_and_nothing_is_changed(self, crm: Relations, made: Made) -> None:
        write = made(crm, "key/1")
        crm.weather.faults.extend(["401"] * 8)
        with pytest.raises(Refused) as caught:
            write.act(crm.writer)
        crm.weather.clear()

        untold(crm.secrets, caught.value)
        assert write.effects() == 0

    @EACH
    def test_a_storm_of_429_changes_nothing_and_is_over_when_it_is_over(self, crm: Relations, made: Made) -> None:
        write = made(crm, "key/1")
        crm.weather.faults.extend(STORM)
        with pytest.raises(Busy):
            write.act(crm.writer)
        crm.weather.clear()

        assert write.effects() == 0
        write.once(crm.writer)
        assert write.effects() == 1

    @EACH
    def test_a_key_that_ends_in_the_middle_of_a_write_leaves_one_effect_after_all(
        self, crm: Relations, made: Made
    ) -> None:
        refused = 0
        for place in range(REQUESTS):
            write = made(crm, f"key/{place}")
            crm.weather.faults.extend([""] * place + list(EXPIRED))
            try:
                write.once(crm.writer)
            except (Refused, Unconfirmed):
                refused += 1
            crm.weather.clear()
            write.find(crm.reborn()) or write.act(crm.reborn())

            assert write.effects() == 1
        assert refused

    @EACH
    @pytest.mark.parametrize("fault", FAULTS)
    def test_no_error_of_a_write_tells_a_secret_or_a_person(self, crm: Relations, made: Made, fault: str) -> None:
        write = made(crm, "key/1")
        crm.weather.write_faults.extend([fault] * 12)
        error = error_of(write.act, crm.writer)

        untold(crm.secrets, error)
        assert error or write.effects() == 1  # an answer without a body has nothing to lose

    @EACH
    def test_an_answer_that_cannot_be_read_is_never_called_undone(self, crm: Relations, made: Made) -> None:
        """Done, and told in words that are new to us."""
        write = made(crm, "key/1")
        crm.weather.meanwhile.append(lambda: setattr(crm.weather, "drift", lambda answer: {"ok": True}))
        with suppress(Unconfirmed):
            write.act(crm.writer)
        crm.weather.clear()

        assert write.effects() == 1
        assert made is field or write.find(crm.reborn()) is not None

"""What is said on a ticket is there as it was said, and new tickets are whose they should be."""

import hashlib

import pytest

from deskhand.domain.errors import Invalid
from deskhand.domain.ticket import Author, Requester
from deskhand.testing.help_desk import MAYA, WrittenDesk
from deskhand.testing.one_write import (
    WHO,
    WrittenContract,
    read,
    times,
)


class SaidContract(WrittenContract):
    """Replies, notes and new tickets."""

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

"""Every kind of write on tickets, made ready to be tried: how it acts, how it is found, and how often it happened."""

from collections.abc import Callable

import pytest

from deskhand.domain.action import Receipt
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Requester, Status, Ticket
from deskhand.testing.help_desk import MAYA, HelpDeskContract, Write, WrittenDesk

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


def requests_of(made: Callable[[WrittenDesk, str], Write]) -> int:
    return OF_A_MERGE if made is merge else REQUESTS


def read(desk: WrittenDesk, ref: Ref) -> Ticket:
    return desk.tickets.ticket(ref).value


def times(words: str, texts: list[str]) -> int:
    return sum(words in one for one in texts)


class WrittenContract(HelpDeskContract):
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

"""Whose words a message is that we wrote: an agent's in the workspace, or the assistant's. Help desks show one user."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

from deskhand.domain.effect import Effect, EffectState
from deskhand.domain.read import Read
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Author, Message, Ticket
from deskhand.ports.reads import TicketDesk

Words = tuple[bool, str]  # whether it is public, and its text


class WithAgents:
    """A `TicketDesk` that tells what our agents wrote from what the assistant did. `written`: what the ledger holds of
    a ticket, oldest first.

    No help desk tells the key of a comment, so words are compared: of messages that say the same, the first is the
    first of our effects.
    """

    def __init__(self, desk: TicketDesk, written: Callable[[str], Sequence[Effect]]):
        self._desk, self._written = desk, written
        self.system = desk.system

    def ticket(self, ref: Ref) -> Read[Ticket]:
        read = self._desk.ticket(ref)
        if all(one.author is not Author.ASSISTANT for one in read.value.messages):
            return read
        effects = [one for one in self._written(str(ref)) if one.state is not EffectState.DECLINED]
        if not any(one.by_agent for one in effects):
            return read
        return replace(read, value=replace(read.value, messages=told_apart(read.value.messages, effects)))


def told_apart(messages: Sequence[Message], effects: Sequence[Effect]) -> tuple[Message, ...]:
    """The messages, those of ours with the author that the effects name."""
    ours: dict[Words, list[bool]] = defaultdict(list)
    for one in effects:
        if one.action in ("reply", "note"):
            ours[one.args["public"] == "yes", _bare(one.args["text"])].append(one.by_agent)
    told = []
    for message in messages:
        known = ours.get((message.public, _bare(message.text)), [])
        if message.author is Author.AGENT and True in known:  # where the system itself tells
            known.remove(True)
        theirs = message.author is Author.ASSISTANT and bool(known) and known.pop(0)
        told.append(replace(message, author=Author.AGENT) if theirs else message)
    return tuple(told)


def _bare(text: str) -> str:
    return " ".join(text.split())

"""A customer's words on a channel that we host ourselves: `ask` today, the chat widget next."""

import time
from collections.abc import Callable, Sequence
from enum import StrEnum
from uuid import uuid4

from deskhand.bootstrap import Installation
from deskhand.domain.delivery import Delivery
from deskhand.domain.journal_line import JournalLine
from deskhand.domain.outcome import RunResult
from deskhand.domain.ref import Ref
from deskhand.workflows.present_code import taken_out
from deskhand.workflows.take_in import run_key, take_in

LONGEST_WAIT = 300.0  # seconds
PATIENCE = 1.0  # seconds until somebody who waits is told what is being done


def say(
    installation: Installation, text: str, *, email: str, channel: str, stage: str, tell: Callable[[str], None]
) -> RunResult:
    """File the message on a new ticket and wait for its result. The caller vouches for `email`.

    `tell` hears what is being done, each step once, when it takes a while.
    """
    delivery = file(installation, text, email=email, channel=channel, stage=stage)
    until, told = time.monotonic() + LONGEST_WAIT, ""
    while True:
        try:
            return installation.wait(run_key(delivery), PATIENCE)
        except TimeoutError:
            if time.monotonic() > until:
                raise
        step = progress(installation.queries.timeline(delivery.ticket))
        if step != told:
            tell(step)
        told = step


class Step(StrEnum):
    """What is being done about a message."""

    READING = "reading"
    ANSWERING = "answering"
    CHECKING = "checking"
    ACTING = "acting"


IN_WORDS = {
    Step.READING: "Reading the message ...",
    Step.ANSWERING: "Looking things up and writing an answer ...",
    Step.CHECKING: "Checking the answer ...",
    Step.ACTING: "Carrying it out ...",
}


def progress(lines: Sequence[JournalLine]) -> str:
    """What is being done about a message, for people."""
    return IN_WORDS[step_of(lines)]


def step_of(lines: Sequence[JournalLine]) -> Step:
    """By the last thing that was done."""
    for line in reversed(lines):
        match line.kind:
            case "message.considered":
                return Step.ACTING
            case "model.called":
                return Step.ANSWERING if line.body["purpose"] == "read" else Step.CHECKING
            case "message.received":
                break
            case _:
                continue
    return Step.READING


def file(installation: Installation, text: str, *, email: str, channel: str, stage: str) -> Delivery:
    """A new conversation with one message in it, and the run that answers it."""
    delivery = written(installation, text, email=email, channel=channel)
    take_in(installation.store, delivery, stage)
    return delivery


def written(installation: Installation, text: str, *, email: str, channel: str) -> Delivery:
    """A new conversation with one message in it, which nobody has been told of yet."""
    name = email.partition("@")[0]
    conversations = installation.conversations
    ticket = conversations.open(uuid4().hex[:12], email, name=name, verified=True, subject="", channel=channel)
    return further(installation, str(ticket), text, channel=channel)


def further(installation: Installation, ticket: str, text: str, *, channel: str) -> Delivery:
    """One more message in a conversation, which nobody has been told of yet."""
    message, now = uuid4().hex[:12], installation.desk.clock()
    words = taken_out(installation.desk, ticket, message, text.replace("\x00", ""))
    installation.conversations.say(Ref.parse(ticket), message, words)
    return Delivery(channel, message, ticket, message, channel, now)

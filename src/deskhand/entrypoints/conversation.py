"""A customer's words on a channel that we host ourselves: `ask` today, the chat widget next."""

from uuid import uuid4

from deskhand.bootstrap import Installation
from deskhand.domain.delivery import Delivery
from deskhand.domain.outcome import RunResult
from deskhand.workflows.take_in import run_key, take_in

LONGEST_WAIT = 300.0  # seconds


def say(installation: Installation, text: str, *, email: str, channel: str, stage: str) -> RunResult:
    """File the message on a new ticket and wait for its result. The caller vouches for `email`."""
    delivery = file(installation, text, email=email, channel=channel, stage=stage)
    return installation.wait(run_key(delivery), LONGEST_WAIT)


def file(installation: Installation, text: str, *, email: str, channel: str, stage: str) -> Delivery:
    """A new conversation with one message in it, and the run that answers it."""
    delivery = written(installation, text, email=email, channel=channel)
    take_in(installation.store, delivery, stage)
    return delivery


def written(installation: Installation, text: str, *, email: str, channel: str) -> Delivery:
    """A new conversation with one message in it, which nobody has been told of yet."""
    now = installation.desk.clock()
    message = uuid4().hex[:12]
    name = email.partition("@")[0]
    conversations = installation.conversations
    ticket = conversations.open(uuid4().hex[:12], email, name=name, verified=True, subject="", channel=channel)
    conversations.say(ticket, message, text.replace("\x00", ""))
    return Delivery(channel, message, str(ticket), message, channel, now)

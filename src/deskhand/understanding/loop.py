"""Whether a conversation turns in circles: the same said again, or a machine at the other end."""

import re
from collections.abc import Sequence
from itertools import takewhile

from deskhand.domain.outcome import RunOutcome
from deskhand.domain.standing import Standing
from deskhand.domain.thread import Thread
from deskhand.domain.ticket import Author
from deskhand.understanding.quoted import Runs, runs, words_of

FEW = 3  # words; "yes" may well be said twice
SHARE = 3  # of what was said, a third is too much to be a mere mention
# Addresses that nobody reads: an answer to them is lost, or answered by a machine.
MACHINE = re.compile(
    r"(?:[\w.+-]{0,40}[._+-])?(?:no|do[._-]?not|dont|never)[._-]?reply(?:[._+-][\w.+-]{0,40})?@"
    r"|(?:mailer-daemon|postmaster|bounces?|autoresponder|auto-?reply|notifications?)(?:[._+-][\w.+=-]{0,80})?@",
    re.IGNORECASE,
)


def repeats(thread: Thread, text: str) -> int:
    """How often one thing was said again: by the customer, by us in our last replies, or as an echo of ours.

    Our own question counts with its first asking: who answered it twice and is asked the same again gets nowhere.
    """
    theirs = [words_of(one.text) for one in thread.said if one.author is Author.CUSTOMER]
    ours = [words_of(one.text) for one in thread.said if one.author is Author.ASSISTANT]
    now = words_of(text)
    same = theirs.count(now) if len(now) >= FEW else 0
    alike = len(list(takewhile(lambda one: one == ours[-1], reversed(ours))))
    return max(same, alike if alike > 1 else 0, _echoes(thread, text))


def questions(stood: Sequence[Standing]) -> int:
    """How many of our last replies in a row only asked; `stood` is newest first."""
    return len(list(takewhile(lambda one: one.outcome is RunOutcome.ASKED, stood)))


def machine(email: str) -> bool:
    """Whether this is an address that sends by itself and reads nothing."""
    return MACHINE.match(email) is not None


def _echoes(thread: Thread, text: str) -> int:
    """How many of the customer's messages, this one included, are largely our own words."""
    ours: Runs = frozenset()
    found = 0
    for author, words in (*((one.author, one.text) for one in thread.said), (Author.CUSTOMER, text)):
        if author is Author.ASSISTANT:
            ours |= runs(words)
        elif author is Author.CUSTOMER and ours:
            own = runs(words)
            found += len(own) > FEW and SHARE * len(own & ours) > len(own)
    return found

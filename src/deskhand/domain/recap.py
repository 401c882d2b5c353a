"""What a ticket's conversation holds for whoever reads it next, beyond its last message."""

from dataclasses import dataclass

from deskhand.domain.finding import Fact

WORDS = "words"  # the name of a sentence in which no kind of particular was recognised


@dataclass(frozen=True)
class Recap:
    """Of all that the customer wrote so far, for people: masked is only what is never kept.

    `stated`: each sentence once, with what kinds of particulars stand in it as its name ("amount, date"), and when it
    was said. `still_open`: what earlier messages asked for and no reply settled. `trend`: how the mood moved: rising,
    falling, steady, or empty on a first message.
    """

    stated: tuple[Fact, ...] = ()
    still_open: tuple[str, ...] = ()
    trend: str = ""


NOTHING_BEFORE = Recap()

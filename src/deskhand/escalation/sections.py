"""The packet in sections, most urgent first: the one source of the note in the help desk and of the page."""

from collections.abc import Iterable
from dataclasses import dataclass

from deskhand.domain.finding import Fact
from deskhand.domain.handoff import CORRECTED, Handoff
from deskhand.domain.recap import WORDS
from deskhand.escalation.handoff import ANSWERED, NOTHING, SHOWN, UNANSWERED
from deskhand.escalation.quoting import shortened


@dataclass(frozen=True)
class Section:
    """`lines` of one go on the line of the title in a note, where `listed` is false."""

    title: str
    lines: tuple[str, ...]
    listed: bool = True


def sections(handoff: Handoff) -> tuple[Section, ...]:
    """Every field of the packet but the customer's own summary; none of them is empty."""
    told = [one for one in handoff.stated if one.name != CORRECTED]
    set_right = tuple(_fact(one) for one in handoff.stated if one.name == CORRECTED)
    mood = f"{handoff.sentiment}, {handoff.urgency}; trend: {handoff.trend}"
    return (
        _line(f"Handed over to {handoff.queue} ({handoff.reason})", handoff.because),
        _line("Next step", handoff.next_step),
        _line("Deadline", handoff.deadline),
        _line("Customer", handoff.identity),
        _line("Mood", mood),
        _line("Language", handoff.language),
        _line("Channel", handoff.channel),
        *([_list("Corrected by the customer", set_right)] if set_right else []),
        *([_list("Whispered by agents", handoff.guidance)] if handoff.guidance else []),
        _list("Wants", handoff.requests),
        _line("Open question", handoff.open_question),
        _list("They said", map(_fact, told)),
        _list("Found", map(_fact, handoff.facts)),
        _list("Done", handoff.deeds),
        _list("Pending", handoff.pending),
        _list("Policy", handoff.policy),
        _list("Refused by policy", handoff.refused),
        _list("Promised", _promised(handoff)),
        _list("Tried", handoff.tried),
        _list("Procedures", handoff.procedures),
        _list("Attachments", handoff.attachments),
    )


def facts_in_words(facts: Iterable[Fact]) -> tuple[str, ...]:
    """A line each, as a section has them."""
    return tuple(shortened(_fact(one), SHOWN) for one in facts)


def _promised(handoff: Handoff) -> tuple[str, ...]:
    """That there is nothing is said once, and only where there is nothing."""
    made = tuple(_fact(one) for one in handoff.promises if one.name != NOTHING)
    if handoff.promised not in (ANSWERED, UNANSWERED):
        return (handoff.promised, *made)
    return made or (tuple(map(_fact, handoff.promises)) if handoff.promised == ANSWERED else ()) or (handoff.promised,)


def _fact(fact: Fact) -> str:
    """With its source and its time; a source that names the time itself does so once."""
    when = "" if "UTC" in fact.source else f", {fact.read_at:%Y-%m-%d %H:%M} UTC"
    name = "" if fact.name in (WORDS, NOTHING) else f"{fact.name}: "
    return f"{name}{fact.value} ({fact.source}{when})" if fact.name != NOTHING else fact.value


def _line(title: str, words: str) -> Section:
    return Section(title, (shortened(words, SHOWN),), listed=False)


def _list(title: str, lines: Iterable[str]) -> Section:
    """The sentences of a long message stand one by one under what they said."""
    return Section(title, tuple(shortened(one, SHOWN) for one in lines) or ("nothing",))

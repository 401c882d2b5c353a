"""What this ticket's customer was promised, in the sentences in which it was said."""

from collections.abc import Iterable, Mapping, Sequence

from deskhand.domain.effect import Effect
from deskhand.domain.finding import Fact
from deskhand.domain.thread import Thread
from deskhand.domain.ticket import Author
from deskhand.planning.claim import Of
from deskhand.planning.claims import claims
from deskhand.understanding.redact import unmask
from deskhand.understanding.stated import END

TELLING = frozenset({Of.PROMISE, Of.DEADLINE, Of.DURATION})
ROOM = 3_000  # characters


def promised(effects: Iterable[Effect], thread: Thread, masked: Mapping[str, str]) -> tuple[Fact, ...]:
    """The sentences of our replies that say what will be done, or how long something takes: of the assistant's as the
    ledger has them, of agents' as far as `thread` goes. The newest are kept when there is no room for all."""
    ours = [
        Fact("assistant", one.args.get("text", ""), "our reply", one.receipt.at)
        for one in effects
        if one.action == "reply" and one.receipt and not one.by_agent
    ]
    agents = [
        Fact("agent", unmask(one.text, masked), "an agent's reply", one.at)
        for one in thread.said
        if one.author is Author.AGENT
    ]
    letters = sorted([*ours, *agents], key=lambda one: one.read_at)
    return _newest([promise for letter in letters for promise in _promises(letter)])


def _promises(letter: Fact) -> Sequence[Fact]:
    sentences = (" ".join(one.split()) for one in END.split(letter.value))
    source = f"{letter.source}, {letter.read_at:%Y-%m-%d %H:%M} UTC"
    return [
        Fact(letter.name, one, source, letter.read_at)
        for one in sentences
        if any(claim.of in TELLING for claim in claims(one))
    ]


def _newest(found: Sequence[Fact]) -> tuple[Fact, ...]:
    kept: list[Fact] = []
    room = ROOM
    for one in reversed(found):
        room -= len(one.value)
        if room < 0:
            break
        kept.append(one)
    return tuple(reversed(kept))

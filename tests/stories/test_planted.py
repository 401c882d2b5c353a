"""What customers stated stands in the packet, and in the note of the help desk: counted with planted facts."""

from collections import Counter

import pytest
from tests.escalation.planted import TONGUES, Conversation, Planted, conversation
from tests.stories.lumen import Lumen, Told

from deskhand.domain.handoff import Handoff
from deskhand.domain.outcome import RunOutcome
from deskhand.domain.stage import Stage

EACH = 8  # conversations in each language
FLOOR = 0.99


def play(lumen: Lumen, told: Conversation, email: str, *, one_by_one: bool) -> tuple[Told, list[Planted]]:
    """Up to the handoff; and all that had been stated by then. `one_by_one`: the desk hears each message before the
    next one is written; otherwise it hears the last one only."""
    stated: list[Planted] = []
    number, last = None, len(told.messages) - 1
    for place, (text, facts) in enumerate(told.messages):
        stated += facts
        if one_by_one or place == last:
            heard = lumen.say(email, text, number, Stage.AUTONOMOUS)
            number = heard.number
            if heard.result.handoff:
                return heard, stated
        else:
            number = lumen.number(lumen.write(email, text, number))
    raise AssertionError(f"never handed over: {told}")


def everything(packet: Handoff) -> str:
    """All that people read of a packet itself, apart from how a note shows it."""
    facts = (one.value for one in (*packet.stated, *packet.facts))
    return _plain("\n".join((*packet.requests, *facts, packet.open_question, packet.identity)))


def _plain(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("one_by_one", [True, False])
def test_nearly_every_planted_fact_is_in_the_packet_and_in_the_note(shared: Lumen, one_by_one: bool) -> None:
    planted: Counter[str] = Counter()
    lost: list[tuple[str, Planted]] = []
    for language in TONGUES:
        for seed in range(EACH):
            email = f"{language}.{seed}.{'each' if one_by_one else 'last'}@example.org"
            told, stated = play(shared, conversation(language, seed), email, one_by_one=one_by_one)
            assert told.result.outcome is RunOutcome.HANDED_OFF
            assert told.result.handoff is not None
            packet, (note,) = everything(told.result.handoff), shared.notes(told.number)
            planted[language] += len(stated)
            lost += [
                (language, one)
                for one in stated
                if _plain(one.value) not in packet or _plain(one.value) not in _plain(note)
            ]
    total = planted.total()
    print(f"\n{total - len(lost)} of {total} planted facts in packet and note; by language {dict(planted)}")
    assert total >= 150
    assert 1 - len(lost) / total >= FLOOR, lost

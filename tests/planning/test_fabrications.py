"""Invented statements are stopped, true ones pass: measured over generated replies, kind by kind.

The sets of wordings but `last` are what the review was tuned on, so they only show that it did not get worse. Three
were run once before anybody looked at what they showed, 300 true replies and 680 untrue ones each (docs/performance.md
has the figures): of `last`, the newest, 19 % of the true replies were stopped, most of them for six of its sentences,
and 98.9 % of the fabrications, apart from those that turn a source round: 7 of 40 of these were missed. The review
errs on the side of one more draft.
"""

from collections import Counter
from types import ModuleType

import pytest
from tests.planning.fabrications import Reply, clean, planted
from tests.planning.wordings import brief, fresh, idiomatic, kept, last, later, mixed, tuned, unseen, varied

from deskhand.infrastructure.search.embedder import MiniLM
from deskhand.planning.grounding import ungrounded

SEED = 7
TRUE = 150
EACH = 24
LOGIC = "turned"  # the opposite of a source, in other words: more than matching can do
MISSED = 0.55  # share of those turned round that may pass
MISSED_LAST = 0.3
STOPPED_LAST = 0.22  # share of the true replies of `last` that may be stopped
SLIP = 0.015  # share of all others that may pass, of one set
STOPPED = 0.02  # share of the true replies that may be stopped
STOPPED_LATELY = 0.045  # the same of sets of which not all was mended
LATELY = (mixed, brief)
TUNED = [tuned, kept, later, idiomatic, unseen, varied, fresh, mixed, brief]
EMBED = MiniLM()


def similarity(one: str, other: str) -> float:
    first, second = EMBED([one, other])
    return float(first @ second)


def faults(reply: Reply) -> tuple[str, ...]:
    return ungrounded(reply.scene.letter(reply.text), reply.scene.sources(), similarity)


@pytest.mark.parametrize("wordings", TUNED, ids=lambda one: str(one.__name__).rpartition(".")[2])
def test_true_replies_pass(wordings: ModuleType) -> None:
    stopped = [(reply.text, found) for reply in clean(wordings, SEED, TRUE) if (found := faults(reply))]
    assert len(stopped) < (STOPPED_LATELY if wordings in LATELY else STOPPED) * TRUE, stopped[:5]


@pytest.mark.parametrize("wordings", [*TUNED, last], ids=lambda one: str(one.__name__).rpartition(".")[2])
def test_fabrications_are_stopped(wordings: ModuleType) -> None:
    made, missed = Counter[str](), Counter[str]()
    for reply in planted(wordings, SEED, EACH):
        made[reply.kind] += 1
        missed[reply.kind] += not faults(reply)
    figures = ", ".join(f"{kind} {made[kind] - missed[kind]}/{made[kind]}" for kind in made)
    assert len(made) >= 15
    assert made.total() >= 300
    logic = (made.pop(LOGIC), missed.pop(LOGIC, 0))
    assert missed.total() <= SLIP * made.total(), figures
    assert logic[1] <= (MISSED_LAST if wordings is last else MISSED) * logic[0], figures


def test_replies_of_the_generator_are_many_and_the_same_each_time() -> None:
    replies = [reply for wordings in TUNED for reply in clean(wordings, SEED, TRUE)]
    assert len({reply.text for reply in replies}) >= 1000
    assert {reply.language for reply in replies} >= {"en", "de", "fr", "es", "it", "pt", "nl", "pl", "da", "sv"}
    assert [reply.text for reply in clean(tuned, SEED, 20)] == [reply.text for reply in clean(tuned, SEED, 20)]


def test_other_words_than_the_sources_need_a_similarity_to_pass() -> None:
    replies = clean(last, SEED, TRUE)
    strict = sum(bool(ungrounded(reply.scene.letter(reply.text), reply.scene.sources())) for reply in replies)
    lenient = sum(bool(faults(reply)) for reply in replies)
    assert lenient < strict / 2
    assert lenient <= STOPPED_LAST * TRUE

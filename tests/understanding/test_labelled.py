"""How much is found, and how much of that is right: on sentences of our own, half of them written before any rule."""

import json
from collections import Counter
from pathlib import Path

import pytest

from deskhand.domain.contact import Contact
from deskhand.understanding.redact import find

Labelled = list[tuple[str, list[tuple[str, str]]]]
LINES = [json.loads(line) for line in Path(__file__).with_name("labelled.jsonl").read_text("utf-8").splitlines()]
RECALL, PRECISION = 0.97, 0.98  # of each kind; docs/decisions/0007 tells what the first look at new sentences gave


def of(half: str) -> Labelled:
    return [(one["text"], [(kind, value) for kind, value in one["masked"]]) for one in LINES if one["half"] == half]


@pytest.mark.parametrize("half", ["tuned", "held_back"])
def test_precision_and_recall_of_each_kind(half: str) -> None:
    right, wanted, found = Counter[str](), Counter[str](), Counter[str]()
    for text, labels in of(half):
        got = [(str(one.kind), text[one.start : one.end]) for one in find(text, tuple(Contact))]
        wanted.update(kind for kind, _ in labels)
        found.update(kind for kind, _ in got)
        right.update(kind for kind, _ in (Counter(labels) & Counter(got)).elements())
    for kind in sorted(wanted):
        recall, precision = right[kind] / wanted[kind], right[kind] / max(1, found[kind])
        print(f"{half:10} {kind:12} {wanted[kind]:3} recall {recall:.3f} precision {precision:.3f}")
        assert recall >= RECALL, kind
        assert precision >= PRECISION, kind
    assert set(found) <= set(wanted)


def test_the_set_is_large_and_many_of_it_have_nothing_to_mask() -> None:
    nothing = sum(not one["masked"] for one in LINES)
    assert len(LINES) >= 300
    assert 0.35 <= nothing / len(LINES) <= 0.65
    assert {half: len(of(half)) >= 150 for half in ("tuned", "held_back")} == {"tuned": True, "held_back": True}

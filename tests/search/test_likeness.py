"""Texts that mean nearly the same, among many."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.infrastructure.search.embedder import Vectors
from deskhand.infrastructure.search.likeness import BLOCK, Alike

TEXTS = st.lists(st.text("abc", min_size=1, max_size=4), max_size=40)


class Letters:
    """A text as how often it has each of three letters."""

    name = "letters"

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, texts: Sequence[str]) -> Vectors:
        self.asked += len(texts)
        counts = np.array([[text.count(letter) for letter in "abc"] for text in texts], np.float32)
        return np.asarray(counts / np.linalg.norm(counts, axis=1, keepdims=True), np.float32)


@given(TEXTS, st.floats(0.3, 0.99))
def test_every_text_is_in_one_group_near_its_middle(texts: list[str], above: float) -> None:
    groups = Alike(Letters()).groups(texts, above)
    vectors = Letters()(texts) if texts else np.zeros((0, 3), np.float32)

    assert sorted(place for group in groups for place in group) == list(range(len(texts)))
    assert [len(group) for group in groups] == sorted(map(len, groups), reverse=True)
    for group in groups:
        assert all(vectors[group[0]] @ vectors[place] >= above - 1e-5 for place in group)


@given(TEXTS, st.floats(0.3, 0.99))
def test_pairs_are_those_that_are_so_alike(texts: list[str], above: float) -> None:
    found = {(i, j) for i, j, _ in Alike(Letters()).pairs(texts, above)}
    vectors = Letters()(texts) if texts else np.zeros((0, 3), np.float32)
    cosine = vectors @ vectors.T

    assert all(i < j for i, j in found)
    for i in range(len(texts)):
        for j in range(i + 1, len(texts)):
            assert ((i, j) in found) == (cosine[i, j] >= above) or abs(cosine[i, j] - above) < 1e-5


@pytest.mark.parametrize("count", [BLOCK - 1, BLOCK, 2 * BLOCK + 3])
def test_blocks_make_no_difference(count: int) -> None:
    texts = ["a", *["b"] * (count - 2), "a"]
    alike = Alike(Letters())

    assert alike.groups(texts, 0.9) == (tuple(range(1, count - 1)), (0, count - 1))
    assert (0, count - 1, 1.0) in list(alike.pairs(texts, 0.9))


def test_a_text_is_embedded_once_and_progress_ends_at_the_whole() -> None:
    embed, told = Letters(), list[tuple[int, int]]()
    alike = Alike(embed, progress=lambda done, whole: told.append((done, whole)))
    texts = ["a" * n for n in range(1, 101)]
    alike.groups(texts, 0.5)
    list(alike.pairs(texts, 0.5))

    assert embed.asked == 100
    assert told[-1] == (100, 100)
    assert len(told) == 2


def test_nothing_is_like_nothing() -> None:
    assert Alike(Letters()).groups([], 0.5) == ()
    assert list(Alike(Letters()).pairs([], 0.5)) == []

"""A text is embedded once for all processes; vectors of two embedders are never mixed."""

from pathlib import Path

import numpy as np
from tests.search.values import Letters

from deskhand.infrastructure.search.vector_cache import VectorCache


def test_a_second_process_embeds_nothing_again(tmp_path: Path) -> None:
    texts = ["one", "two", "one"]
    first = VectorCache(tmp_path / "vectors.sqlite").vectors(Letters(), texts)
    later = Letters()
    second = VectorCache(tmp_path / "vectors.sqlite").vectors(later, texts)

    assert later.asked == []
    assert np.array_equal(first, second)
    assert np.array_equal(second, Letters()(texts))


def test_only_new_texts_are_embedded(cache: VectorCache) -> None:
    cache.vectors(Letters(), ["one", "two"])
    later = Letters()
    cache.vectors(later, ["two", "three", "three"])

    assert later.asked == ["three"]


def test_another_embedder_has_vectors_of_its_own(cache: VectorCache) -> None:
    cache.vectors(Letters("first"), ["one"])
    other = Letters("second")
    cache.vectors(other, ["one"])

    assert other.asked == ["one"]


def test_many_texts_and_no_texts_and_broken_ones_are_kept(cache: VectorCache) -> None:
    many = [f"text {number}" for number in range(1203)] + ["\ud800", "nul \0 inside"]

    assert cache.vectors(Letters(), many).shape == (1205, 27)
    assert np.array_equal(cache.vectors(Letters(), many), Letters()(many))
    assert len(cache.vectors(Letters(), [])) == 0


def test_without_a_file_nothing_is_kept() -> None:
    embed = Letters()
    VectorCache().vectors(embed, ["one"])
    VectorCache().vectors(embed, ["one"])

    assert embed.asked == ["one", "one"]

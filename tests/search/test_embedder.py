"""The embedded model: unit vectors with meaning, and a clear word when it is not there."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from deskhand.infrastructure.search.embedder import MiniLM, ModelMissing


def test_vectors_have_length_one_and_near_meanings_are_near(embed: MiniLM) -> None:
    vectors = embed(["my parcel is late", "the package did not arrive", "I like opera", ""])

    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[1] > 0.5 > vectors[0] @ vectors[2]


def test_a_text_has_the_same_vector_alone_and_in_company() -> None:
    texts = ["I was charged twice", "reset my password", "where is my refund", "I was billed twice"]
    together = MiniLM()(texts)

    for row, text in enumerate(texts):
        assert np.allclose(MiniLM()([text])[0], together[row], atol=1e-5)


def test_long_texts_have_the_same_vectors_however_many_there_are() -> None:
    """A run takes few of them."""
    texts = [" ".join([word] * 110) for word in ("invoice", "refund", "seat", "export", "chart", "owner")]
    together = MiniLM()(texts)

    for row, text in enumerate(texts):
        assert np.allclose(MiniLM()([text])[0], together[row], atol=1e-5)


def test_no_texts_give_no_vectors(embed: MiniLM) -> None:
    assert embed([]).shape == (0, 384)


def test_several_threads_get_what_one_gets(embed: MiniLM) -> None:
    texts = [f"invoice number {number} is missing" for number in range(40)]
    with ThreadPoolExecutor(4) as pool:
        parts = list(pool.map(lambda text: MiniLM.__call__(embed, [text])[0], texts))

    assert np.allclose(np.stack(parts), MiniLM()(texts), atol=1e-5)


def test_another_file_than_the_known_one_is_refused_at_first_use(tmp_path: Path) -> None:
    (tmp_path / "model.onnx").write_bytes(b"something else")
    embed = MiniLM(tmp_path / "model.onnx")

    with pytest.raises(ModelMissing, match=r"not the model we know.*Install"):
        embed(["hello"])


def test_a_missing_file_is_told_by_its_name_at_first_use(tmp_path: Path) -> None:
    embed = MiniLM(tmp_path / "nowhere.onnx")

    with pytest.raises(ModelMissing, match=r"nowhere\.onnx cannot be read"):
        embed(["hello"])

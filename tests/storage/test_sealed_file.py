"""An encrypted file gives back what was written, and refuses whatever somebody did to it."""

import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskhand.infrastructure.backup.parcel import ParcelReader, ParcelWriter
from deskhand.infrastructure.backup.sealed_file import BLOCK, HEADER, LEAST, TAG, SealedReader, SealedWriter, Unopened

PHRASE = "correct horse battery"
SEALED = BLOCK + TAG
TEXT = b"".join(number.to_bytes(4, "big") for number in range(3 * BLOCK // 4 + 5))  # three whole blocks and a rest


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return sealed(TEXT, tmp_path_factory.mktemp("sealed") / "file")


def sealed(text: bytes, place: Path) -> bytes:
    with place.open("wb") as file:
        writer = SealedWriter(file, PHRASE, cost=LEAST)
        for start in range(0, len(text), 100_000):
            writer.write(text[start : start + 100_000])
        writer.close()
    return place.read_bytes()


def opened(file: bytes, phrase: str = PHRASE) -> bytes:
    reader, found = SealedReader.open(io.BytesIO(file), phrase), bytearray()
    while part := reader.read(70_000):
        found += part
    return bytes(found)


@pytest.mark.parametrize("size", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK])
def test_what_was_written_comes_back(size: int, tmp_path: Path) -> None:
    assert opened(sealed(TEXT[:size], tmp_path / "file")) == TEXT[:size]


def test_nothing_of_the_text_stands_in_the_file_and_no_two_files_are_alike(whole: bytes, tmp_path: Path) -> None:
    assert opened(whole) == TEXT
    assert TEXT[400:440] not in whole
    assert sealed(TEXT, tmp_path / "file")[HEADER.size :] != whole[HEADER.size :]


def test_another_pass_phrase_opens_nothing(whole: bytes) -> None:
    with pytest.raises(Unopened, match="pass phrase"):
        opened(whole, PHRASE + " ")


@pytest.mark.parametrize("file", [b"", b"DESKHAND", b"PK\x03\x04" + bytes(200)], ids=["empty", "short", "another kind"])
def test_a_file_of_another_kind_is_no_backup(file: bytes) -> None:
    with pytest.raises(Unopened, match="no backup"):
        opened(file)


BLOCKS = st.permutations([0, 1, 2, 3]).filter(lambda order: list(order) != [0, 1, 2, 3])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=12, deadline=None)
@given(order=BLOCKS)
def test_blocks_in_another_order_are_refused(order: list[int], whole: bytes) -> None:
    blocks = blocks_of(whole)
    with pytest.raises(Unopened):
        opened(whole[: HEADER.size] + b"".join(blocks[place] for place in order))


@settings(max_examples=15, deadline=None)
@given(place=st.integers(0, HEADER.size + len(TEXT) + 4 * TAG - 1), bit=st.integers(0, 7))
def test_one_changed_bit_is_refused_wherever_it_is(place: int, bit: int, whole: bytes) -> None:
    changed = bytearray(whole)
    changed[place] ^= 1 << bit
    with pytest.raises(Unopened):
        opened(bytes(changed))


@pytest.mark.parametrize(
    "cut",
    [
        lambda file: file[:-1],
        lambda file: file[: HEADER.size + 3 * SEALED],
        lambda file: file[: HEADER.size + SEALED],
        lambda file: file[: HEADER.size],
        lambda file: file + b"x",
        lambda file: file + file[HEADER.size + 3 * SEALED :],
        lambda file: file[: HEADER.size + SEALED] + file[HEADER.size :],
    ],
    ids=["a byte", "the last block", "three blocks", "all blocks", "a byte more", "the last twice", "the first twice"],
)
def test_a_file_that_is_shorter_or_longer_is_refused(cut: "object", whole: bytes) -> None:
    assert callable(cut)
    with pytest.raises(Unopened):
        opened(cut(whole))


def test_a_block_of_another_file_is_refused(whole: bytes, tmp_path: Path) -> None:
    other = sealed(TEXT, tmp_path / "file")
    with pytest.raises(Unopened):
        opened(whole[: HEADER.size + SEALED] + other[HEADER.size + SEALED :])


def test_parts_that_are_not_those_of_the_manifest_are_refused() -> None:
    written = io.BytesIO()
    parcel = ParcelWriter(written)
    parcel.add("desk/desk.toml", [b"company"])
    parcel.add("database", [b"rows", b"more"])
    parcel.close({"format": 1})
    text = written.getvalue()
    reader = ParcelReader(io.BytesIO(text))
    assert {name: b"".join(pieces) for name, pieces in reader} == {
        "desk/desk.toml": b"company",
        "database": b"rowsmore",
    }
    for changed in (
        text.replace(b"rows", b"rowz"),
        text.replace(b"desk.toml", b"task.toml", 1),
        text[:-1],
        text + b"x",
    ):
        with pytest.raises(Unopened):
            for _ in ParcelReader(io.BytesIO(changed)):
                pass


@pytest.mark.parametrize(
    "name", ["../out", "/etc/passwd", "desk/../../out", "desk//x", "desk/.", "c:\\x", "manifest", ""]
)
def test_no_part_can_be_written_outside_of_its_folder(name: str) -> None:
    with pytest.raises(ValueError, match="cannot be part"):
        ParcelWriter(io.BytesIO()).add(name, [])
    forged = len(name.encode()).to_bytes(4, "big") + name.encode() + bytes(4)
    with pytest.raises((Unopened, ValueError)):
        for _ in ParcelReader(io.BytesIO(forged)):
            pass


def blocks_of(file: bytes) -> list[bytes]:
    body = file[HEADER.size :]
    return [body[start : start + SEALED] for start in range(0, len(body), SEALED)]

"""`deskhand examples`: what agents made of suggestions can be read, and erased so that no file holds it any more."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copytree

import pytest
from tests.cli.conftest import Shown
from tests.cli.script import deskhand
from tests.storage.examples import example
from tests.storage.values import nothing

from deskhand.domain.example import Example
from deskhand.infrastructure.search.embedder import MiniLM
from deskhand.infrastructure.search.precedents import NearExamples
from deskhand.infrastructure.search.vector_cache import VectorCache
from deskhand.infrastructure.storage.database import connect
from deskhand.infrastructure.storage.examples import KeptExamples
from deskhand.infrastructure.storage.store import SqlStore

pytestmark = pytest.mark.sqlite("looks into its files")

MAYA = "maya.chen@example.com"
WORD = "Quagmire"
TICKET = "zendesk:ticket:1"


@contextmanager
def at_work(folder: Path) -> Iterator[SqlStore]:
    database = connect(f"sqlite:///{folder / '.deskhand' / 'desk.sqlite'}")
    yield SqlStore(database, nothing)
    database.dispose()


def keep(folder: Path, *examples: Example) -> None:
    """As decisions keep them, and as a message that is like them finds them."""
    with at_work(folder) as store:
        with store.begin() as tx:
            for one in examples:
                assert tx.examples.keep(one, TICKET)
        cache = VectorCache(folder / ".deskhand" / "examples.sqlite")
        assert NearExamples(MiniLM(), cache, KeptExamples(store.engine)).near(examples[0].message, "en")


def holding(folder: Path, word: str) -> list[str]:
    files = [file for file in (folder / ".deskhand").rglob("*") if file.is_file()]
    return [file.name for file in files if word.encode() in file.read_bytes()]


@pytest.fixture
def desk(shown: Shown, tmp_path: Path) -> Path:
    """A desk that has had a few messages, with three examples of two customers."""
    folder = Path(copytree(shown.folder, tmp_path / "desk"))
    theirs = deskhand("examples", "list", "--desk", folder, "--json")
    assert theirs.json == {"examples": []}
    keep(
        folder,
        example("aaa", f"{WORD} one", customer=customer(folder), reason=f"{WORD} [why]"),
        example("bbb", f"{WORD} two", customer=f"email:address:{MAYA}", suggested=WORD, instead=f"{WORD} instead"),
        example("ccc", "Marshland", customer="stripe:customer:other", reason="Marshland"),
    )
    return folder


def customer(folder: Path) -> str:
    """Maya's, as her results tell it."""
    with at_work(folder) as store, store.engine.connect() as connection:
        rows = connection.exec_driver_sql("select customer, result from result order by number").all()
    return next(str(row[0]) for row in rows if "charged twice" in str(row[1]))


def test_the_list_shows_every_example_oldest_first(desk: Path) -> None:
    done = deskhand("examples", "list", "--desk", desk, "--json")

    assert done.code == 0
    assert [one["id"] for one in done.json["examples"]] == ["aaa", "bbb", "ccc"]
    assert set(done.json["examples"][1]) == set(Example.__dataclass_fields__)


def test_people_see_what_was_said_and_what_became_of_it(desk: Path) -> None:
    done = deskhand("examples", "list", "--desk", desk)

    assert done.code == 0
    assert f"rejected: {WORD} [why]" in done.out
    assert f"edited: {WORD} instead" in done.out
    assert "3 examples" in done.err


def test_a_customers_examples_are_erased_by_their_address_from_every_file(desk: Path) -> None:
    assert holding(desk, WORD)
    done = deskhand("examples", "forget", "--customer", MAYA, "--yes", "--desk", desk, "--json")

    assert done.code == 0
    assert done.json == {"erased": 2, "scrubbed": True}
    assert holding(desk, WORD) == []
    assert holding(desk, "Marshland") != []
    assert not (desk / ".deskhand" / "examples.sqlite").exists()
    assert deskhand("audit", "verify", "--desk", desk).code == 0


def test_a_customer_is_also_known_as_the_list_names_them(desk: Path) -> None:
    done = deskhand("examples", "forget", "--customer", "stripe:customer:other", "--yes", "--desk", desk)

    assert (done.code, done.out) == (0, "Erased 1 example.\n")
    assert holding(desk, "Marshland") == []


def test_one_example_is_erased_by_its_id_and_a_second_time_there_is_none(desk: Path) -> None:
    first = deskhand("examples", "forget", "--id", "aaa", "--yes", "--desk", desk, "--json")
    again = deskhand("examples", "forget", "--id", "aaa", "--yes", "--desk", desk, "--json")

    assert (first.json["erased"], again.json["erased"]) == (1, 0)
    left = deskhand("examples", "list", "--desk", desk, "--json").json["examples"]
    assert [one["id"] for one in left] == ["bbb", "ccc"]
    assert holding(desk, f"{WORD} [why]") == []


@pytest.mark.parametrize(("answer", "left"), [(b"n\n", 3), (b"", 3), (b"y\n", 2)])
def test_without_yes_it_asks_first(desk: Path, answer: bytes, left: int) -> None:
    done = deskhand("examples", "forget", "--id", "aaa", "--desk", desk, stdin=answer)

    assert "Erase 1 example for good?" in done.err
    assert done.code == (left == 3)
    assert len(json.loads(deskhand("examples", "list", "--desk", desk, "--json").out)["examples"]) == left


@pytest.mark.parametrize("named", [[], ["--id", "a", "--customer", "b"]])
def test_it_must_be_said_what_to_erase(desk: Path, named: list[str]) -> None:
    assert deskhand("examples", "forget", *named, "--yes", "--desk", desk).code == 2


def test_a_desk_that_was_never_asked_has_kept_nothing(starter: Path) -> None:
    done = deskhand("examples", "list", "--desk", starter)

    assert done.code == 1
    assert "has kept nothing yet" in done.err

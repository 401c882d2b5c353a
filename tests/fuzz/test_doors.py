"""Whatever comes in from outside: a value that can be kept, or the refusal of that door. Nothing else escapes."""

import re
import time
from pathlib import Path
from random import SystemRandom

import pytest
from hypothesis import strategies as st
from tests.fuzz.door import Door, TooLong, ask, tried
from tests.fuzz.every_door import DOORS, FILES

CONNECTORS = Path("src/deskhand/connectors")
REFUSES = re.compile(r"\bimport [^\n]*\b(Forged|Malformed|Unreadable|Rejected)\b")
EACH = pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name.replace(" ", "-"))


@EACH
def test_what_broke_it_once_breaks_it_no_more(door: Door) -> None:
    for given in door.once:
        ask(door, given)


@EACH
def test_only_a_value_or_a_refusal_comes_of_anything(door: Door, request: pytest.FixtureRequest) -> None:
    tried(door, door.often)()
    seconds = float(request.config.getoption("--fuzz-seconds", 0))
    until = time.process_time() + seconds
    while time.process_time() < until:
        seed = SystemRandom().randrange(2**32)
        print(f"seed {seed}")  # shown where it fails: `tried(door, 500, seed)` is the same again
        tried(door, 500, seed)()


def test_every_connector_that_refuses_what_comes_from_outside_is_tried() -> None:
    refusing = {
        folder.name
        for folder in CONNECTORS.iterdir()
        if any(REFUSES.search(one.read_text("utf-8")) for one in folder.glob("*.py") if "twin" not in one.name)
    }
    hooked = {file.parent.name for file in CONNECTORS.glob("*/webhook.py")}
    assert hooked <= refusing, "a webhook refuses nothing"
    assert sorted(refusing - set(FILES)) == [], "give each of these a file in tests/fuzz/doors"


def test_a_reader_that_never_comes_to_an_end_is_found() -> None:
    def read(given: object) -> object:
        while given is None:
            pass
        return given

    with pytest.raises(TooLong):
        ask(Door("endless", st.none(), read, seconds=0.05), None)

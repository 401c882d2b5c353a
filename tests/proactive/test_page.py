"""The page about writing first says what the code does."""

import re
from pathlib import Path

from deskhand.proactive.events import CHARGE, EVENTS
from deskhand.proactive.rule_text import KEYS, NEEDED

PAGE = (Path(__file__).parents[2] / "docs" / "proactive.md").read_text("utf-8")
FACT = r"`((?:charge|incident|subscription|complaints)\.\w+)`"
POLICIES = (Path(__file__).parents[2] / "docs" / "policies.md").read_text("utf-8")
ROWS = [[cell.strip() for cell in line.split("|")[1:-1]] for line in PAGE.splitlines() if line.startswith("| `")]


def test_the_page_tells_each_key_and_whether_it_is_needed() -> None:
    told = {row[0].strip("`"): row[1] == "yes" for row in ROWS if row[1] in ("yes", "no")}

    assert told == {key: key in NEEDED for key in KEYS}


def test_the_page_tells_each_event_with_its_facts() -> None:
    told = {row[0].strip("`"): set(re.findall(FACT, row[2])) for row in ROWS}

    assert {name: set(kind.facts) for name, kind in EVENTS.items()} == {
        name: facts - {"charge.failed", "charge.succeeded"} for name, facts in told.items() if name in EVENTS
    }
    assert set(CHARGE) <= told["payment_failed"]


def test_the_page_about_policies_tells_each_kind_of_event() -> None:
    (row,) = [line for line in POLICIES.splitlines() if line.startswith("| `contact.event`")]

    assert set(re.findall(r"`(\w+)`", row)) == set(EVENTS)

"""Fault by connector, as the tests that ran have found it: what no test has tried is not met."""

from collections import Counter
from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from typing import Any

import pytest

from deskhand.connectors.http.faulty import FAULTS

CONNECTORS = ("zendesk", "freshdesk", "jira", "salesforce", "hubspot", "stripe")
SKEW = "clock skew of a webhook"
# Whose name begins so tries the fault of that row; each of FAULTS is a row of its own, by the parameter `fault`.
BEGINNINGS: Mapping[str, str] = {
    "test_a_storm_of_429": "429 storm",
    "test_a_key_that_ends_in_the_middle": "401 in mid-run",
    "test_a_key_at_stripe_that_ends_in_the_middle": "401 in mid-run",
    "test_a_token_that_ends_in_the_middle": "401 in mid-run",
    "test_a_word_that_is_new_to_us": "unknown word (enum)",
    "test_what_may_be_null": "null",
    "test_a_field_that_nobody_knows": "new field",
    "test_a_page_that_repeats": "repeating page",
    "test_a_stamp_far_from_our_clock": SKEW,
    "test_a_delivery_is_filed_under_the_id_that_its_repeats_have_too": SKEW,
    "test_the_same_call_once_more_is_the_same_delivery": SKEW,
}
# Of these vendors' deliveries none is stamped: what an old one may do is held off by its id.
UNSTAMPED = ("jira", "freshdesk")
ROWS = ("429 storm", *FAULTS, *list(dict.fromkeys(BEGINNINGS.values()))[1:])
PROPERTY = "fault table"
OUTCOMES = {"passed": "passed", "failed": "failed", "error": "failed", "skipped": "skipped"}
Cell = tuple[str, str]
Counts = Mapping[Cell, Counter[str]]


def cell_of(node: str, function: str, parameters: Mapping[str, Any]) -> Cell | None:
    """(fault, connector) that this test tries, if any; its connector is named in the test's whole id."""
    rows = [row for beginning, row in BEGINNINGS.items() if function.startswith(beginning)]
    rows += [fault for fault in FAULTS if parameters.get("fault") == fault]
    connectors = [one for one in CONNECTORS if one in node.lower()]
    return (rows[0], connectors[0]) if rows and len(connectors) == 1 else None


def mark(items: Iterable[pytest.Item]) -> None:
    """Each test carries its cell to whoever prints the table, from whichever process it ran in."""
    for item in items:
        parameters = item.callspec.params if hasattr(item, "callspec") else {}
        name = getattr(item, "originalname", item.name)
        if cell := cell_of(item.nodeid, name, parameters):
            item.user_properties.append((PROPERTY, "|".join(cell)))


def counted(outcomes: Mapping[str, Iterable[Any]]) -> Counts:
    """What became of the tests of each cell. Of what pytest keeps under other names than these, no test ran."""
    counts: dict[Cell, Counter[str]] = {}
    for outcome, kind in OUTCOMES.items():
        for report in outcomes.get(outcome, ()):
            for name, value in getattr(report, "user_properties", ()):
                if name == PROPERTY:
                    row, _, connector = str(value).partition("|")
                    counts.setdefault((row, connector), Counter())[kind] += 1
    return counts


def whole(counts: Counts) -> bool:
    """Whether tests of every connector ran: a table of a few would call much unmet that was only not asked."""
    return {connector for _, connector in counts} == set(CONNECTORS)


def lines(counts: Counts) -> list[str]:
    """The table as it is printed."""
    wide = max(map(len, ROWS)) + 2
    made = [" " * wide + "".join(f"{one:<12}" for one in CONNECTORS)]
    made += [f"{row:<{wide}}" + "".join(f"{_said(counts, row, one):<12}" for one in CONNECTORS) for row in ROWS]
    return [line.rstrip() for line in made]


def _said(counts: Counts, row: str, connector: str) -> str:
    found = counts.get((row, connector), Counter())
    if found["failed"]:
        return f"{found['failed']} FAILED"
    if found["passed"]:
        return f"{found['passed']}*" if row == SKEW and connector in UNSTAMPED else str(found["passed"])
    if found["skipped"]:
        return "skipped"
    posts = find_spec(f"deskhand.connectors.{connector}.webhook") is not None
    return "not met" if row != SKEW or posts else "no webhook"

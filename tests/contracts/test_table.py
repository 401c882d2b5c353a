"""The table of faults tells what was tried, and calls nothing met that was not."""

import inspect
from types import SimpleNamespace

import pytest
from tests.connectors import test_freshdesk_webhook, test_jira_webhook, test_webhooks
from tests.contracts import table, test_exactly_once, test_help_desks, test_stripe_drift

from deskhand.testing import directory, relations, ticket_once, ticket_reads, ticket_said, ticket_set

SOURCES = (test_freshdesk_webhook, test_jira_webhook, test_webhooks, test_exactly_once, test_help_desks)
PROMISES = (directory, relations, ticket_reads, ticket_said, ticket_set, ticket_once, test_stripe_drift)
SCENE = "tests/contracts/test_help_desks.py::TestZendeskReads::"


def report(cell: str) -> SimpleNamespace:
    return SimpleNamespace(user_properties=[(table.PROPERTY, cell)])


@pytest.mark.parametrize("beginning", table.BEGINNINGS)
def test_there_are_tests_whose_names_begin_so(beginning: str) -> None:
    assert any(f"def {beginning}" in inspect.getsource(one) for one in (*SOURCES, *PROMISES))


@pytest.mark.parametrize(
    ("node", "function", "parameters", "cell"),
    [
        (f"{SCENE}test_a_read_survives[500]", "test_a_read_survives", {"fault": "500"}, ("500", "zendesk")),
        (
            f"{SCENE}test_what_may_be_null_breaks_nothing",
            "test_what_may_be_null_breaks_nothing",
            {},
            ("null", "zendesk"),
        ),
        (f"{SCENE}test_a_read_survives[]", "test_a_read_survives", {"fault": ""}, None),
        (f"{SCENE}test_other[x]", "test_other", {"fault": "is no colour"}, None),
        ("tests/connectors/test_wire.py::test_a_read_survives[500]", "test_a_read_survives", {"fault": "500"}, None),
        ("tests/test_jira_and_zendesk.py::test_x[500]", "test_x", {"fault": "500"}, None),
    ],
)
def test_a_test_belongs_to_one_cell_or_to_none(
    node: str, function: str, parameters: dict[str, str], cell: table.Cell | None
) -> None:
    assert table.cell_of(node, function, parameters) == cell


def test_what_no_test_has_tried_is_not_met_and_what_failed_is_said() -> None:
    outcomes = {
        "": [report("500|zendesk"), report("500|freshdesk")],
        "deselected": [report("500|hubspot")],
        "passed": [report("500|zendesk"), report("500|zendesk"), report("null|jira")],
        "failed": [report("null|jira")],
        "error": [report("429|stripe")],
        "skipped": [report("429|jira")],
    }
    told = {line[:25].strip(): line[25:].split("  ") for line in table.lines(table.counted(outcomes))[1:]}
    said = {row: [cell.strip() for cell in cells if cell.strip()] for row, cells in told.items()}

    assert said["500"] == ["2", *["not met"] * 5]
    assert said["null"] == ["not met", "not met", "1 FAILED", "not met", "not met", "not met"]
    assert said["429"] == ["not met", "not met", "skipped", "not met", "not met", "1 FAILED"]
    assert said[table.SKEW] == ["not met", "not met", "not met", "no webhook", "no webhook", "not met"]


def test_a_table_of_a_few_connectors_is_none() -> None:
    assert not table.whole(table.counted({"passed": [report("500|zendesk")]}))
    assert table.whole(table.counted({"passed": [report(f"500|{one}") for one in table.CONNECTORS]}))

"""What a company calls its statuses, priorities and fields at Jira, as ours and back."""

from typing import Any

import pytest

from deskhand.connectors.jira.words import TEXTAREA, Words, asked_value, fields_of, told_value
from deskhand.domain.ticket import Priority, Status


def status(name: str, category: str) -> dict[str, Any]:
    return {"name": name, "statusCategory": {"key": category}}


@pytest.mark.parametrize(
    ("raw", "ours"),
    [
        (status("Waiting for support", "indeterminate"), Status.OPEN),
        (status("Neu", "new"), Status.OPEN),
        (status("Waiting for customer", "indeterminate"), Status.PENDING),
        (status("Gelöst", "done"), Status.SOLVED),
        (status("Closed", "done"), Status.CLOSED),
        (status("Sleeping", "asleep"), Status.OTHER),
        (status("Sleeping", "undefined"), Status.OTHER),
        ({"name": "Sleeping"}, Status.OTHER),
        ({"name": None, "statusCategory": None}, Status.OTHER),
        (None, Status.OTHER),
    ],
)
def test_a_status_is_known_by_its_name_or_else_by_its_category(raw: dict[str, Any] | None, ours: Status) -> None:
    assert Words().status(raw) is ours


def test_a_company_says_what_its_own_words_mean() -> None:
    words = Words({"Wartet auf Kunden": Status.PENDING}, {"Blocker": Priority.URGENT})

    assert words.status(status("wartet auf kunden", "indeterminate")) is Status.PENDING
    assert words.priority({"name": "blocker"}) is Priority.URGENT
    assert (words.called(Priority.URGENT), words.called(Priority.LOW)) == ("Blocker", "Low")


@pytest.mark.parametrize("raw", [None, {}, {"name": None}, {"name": "Whenever"}])
def test_a_priority_that_is_new_to_us_is_none(raw: dict[str, Any] | None) -> None:
    assert Words().priority(raw) is None


@pytest.mark.parametrize("priority", list(Priority))
def test_what_we_call_a_priority_is_what_we_read(priority: Priority) -> None:
    assert Words().priority({"name": Words().called(priority)}) is priority


@pytest.mark.parametrize(
    ("schema", "text", "value"),
    [
        ({"type": "string"}, "A-17", "A-17"),
        (None, "A-17", "A-17"),
        ({"type": "number"}, "12", 12.0),
        ({"type": "option"}, "north", {"value": "north"}),
        ({"type": "user"}, "712020:agent", {"accountId": "712020:agent"}),
        ({"type": "array", "items": "option"}, "a, b", [{"value": "a"}, {"value": "b"}]),
        ({"type": "array", "items": "string"}, "a, b", ["a", "b"]),
        ({"type": "string"}, "", None),
    ],
)
def test_a_field_takes_its_own_shape_and_is_told_as_text(schema: Any, text: str, value: Any) -> None:
    assert asked_value(text, schema) == value
    assert told_value(value) == text


def test_a_field_of_several_lines_is_a_document() -> None:
    value = asked_value("One\n\nTwo", {"type": "string", "custom": TEXTAREA})

    assert value["type"] == "doc"
    assert told_value(value) == "One\n\nTwo"


def test_fields_without_a_value_are_left_out() -> None:
    fields = {"customfield_1": None, "customfield_2": "", "customfield_3": 1.5, "customfield_4": True}
    ids = {f"field{number}": f"customfield_{number}" for number in range(6)}

    assert fields_of(fields, ids) == {"field3": "1.5", "field4": "true"}

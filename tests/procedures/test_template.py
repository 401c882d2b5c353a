"""What a text with places promises: all of it is said, nothing with a gap, and no value passes for a place."""

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.domain.money import DIGITS, Money
from deskhand.procedures.interpret import shifted
from deskhand.procedures.spoken import FILTERS
from deskhand.procedures.template import Place, Template, Unfilled

AT = datetime(2026, 11, 3, 14, 5, tzinfo=UTC)
TYPES: dict[str, Any] = {"a": str, "n": int, "m": Money, "t": datetime, "l": list[str], "yes": bool, "for": timedelta}
VALUES: dict[str, Any] = {"a": "text", "n": 3, "m": Money(2900, "USD"), "t": AT, "l": ["x", "y"]}
SPOKEN = {"a": ("",), "n": ("",), "m": ("", "money"), "t": ("", "date", "day", "moment"), "l": ("", "list")}

plain_texts = st.text(st.characters(exclude_characters="{}", exclude_categories=["Cs"]), max_size=12)
places = st.builds(
    Place, st.sampled_from([*TYPES, "customer.name", "x"]), st.sampled_from(["", *FILTERS, "table", "up"])
)
templates = st.lists(plain_texts | places, max_size=6)
moneys = st.builds(Money, st.integers(-(10**11), 10**11), st.sampled_from(sorted(DIGITS)))
RECEIPT = re.compile(r"\{\{ receipts\.\d+\.\w+ \}\}")


def written(parts: list[str | Place]) -> str:
    return "".join(
        part if isinstance(part, str) else f"{{{{ {part.name}{f' | {part.filter}' if part.filter else ''} }}}}"
        for part in parts
    )


def said(text: str, tables: Any = None, action: int | None = None, **values: Any) -> str:
    return Template.parse(text).render(VALUES | values, tables or {}, action)


@given(templates)
def test_a_text_is_parsed_into_what_was_written(parts: list[str | Place]) -> None:
    template = Template.parse(written(parts))

    assert written(list(template.parts)) == written(parts)
    assert template.names == tuple(dict.fromkeys(part.name for part in parts if isinstance(part, Place)))


@given(templates)
def test_what_has_no_fault_can_be_said_and_is_said_in_full(parts: list[str | Place]) -> None:
    template = Template.parse(written(parts))
    if not template.faults({name: kind for name, kind in TYPES.items() if name in VALUES}, (), ()):
        reply = template.render(VALUES, {}, None)

        assert "{" not in reply
        assert all(part.rstrip(" ") in reply for part in template.parts if isinstance(part, str) and "\n" not in part)


@given(templates, st.sampled_from(sorted(VALUES)))
def test_a_value_that_is_not_known_leaves_no_gap(parts: list[str | Place], gone: str) -> None:
    sound = [part for part in parts if isinstance(part, str) or part.filter != "up"]
    template = Template.parse(written([*sound, Place(gone, "")]))
    values = {name: value for name, value in VALUES.items() if name != gone}

    with pytest.raises(Unfilled):
        template.render(values, {}, None)


@given(st.text(max_size=30), st.text(max_size=30))
def test_no_value_passes_for_a_place_that_a_receipt_fills(one: str, two: str) -> None:
    for value in (one, f"{{{{ receipts.0.{one} }}}}", "{"):
        reply = said("So {{ a }}{{ b }} {{ l }}{{ rows | table }}", {"rows": [{"x": value}]}, b=two, a=value, l=[value])

        assert "{" not in reply
        assert "}" not in reply


@given(st.integers(0, 50), st.integers(0, 50))
def test_receipts_of_joined_walks_count_on(place: int, by: int) -> None:
    text = "It is {{ receipt.id }}, of {{ receipt.amount }} and {{ n }}."

    assert shifted(said(text, action=place), by) == said(text, action=place + by)


def test_a_receipt_cannot_be_told_where_nothing_is_done() -> None:
    with pytest.raises(Unfilled):
        said("{{ receipt.id }}")


@pytest.mark.parametrize("text", ["{{ a", "a }}", "{ a }", "{{ a | }}", "{{ A }}", "{{ a.  b }}", "{{{ a }}}", "{{}}"])
def test_a_brace_that_belongs_to_no_place_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="a place is written"):
        Template.parse(text)


@pytest.mark.parametrize("name", TYPES)
@pytest.mark.parametrize("filter", ["", *FILTERS])
def test_a_filter_fits_one_type_only(name: str, filter: str) -> None:
    template = Template((Place(name, filter),), 1)

    assert (template.faults(TYPES, (), ()) == []) == (filter in SPOKEN.get(name, ()))


@given(moneys)
def test_an_amount_is_said_to_the_last_digit(amount: Money) -> None:
    spoken = said("{{ m }}", m=amount)
    number = re.sub(r"[^\d.-]", "", spoken)
    back = Money.parse(number.removeprefix("-"), amount.currency)

    assert (back.minor, number.startswith("-")) == (abs(amount.minor), amount.minor < 0)
    assert spoken == said("{{ m | money }}", m=amount)


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("{{ m }}", "$29.00"),
        ("{{ t }}", "3 November 2026"),
        ("{{ t | day }}", "3 November"),
        ("{{ t | moment }}", "3 November 2026, 14:05 UTC"),
        ("{{ l }}", "x, y"),
        ("{{a|list}}", None),
        ("see: \n{{ n }}", "see:\n3"),
    ],
)
def test_values_are_said_as_people_read_them(text: str, reply: str | None) -> None:
    if reply is None:
        with pytest.raises(Unfilled):
            said(text)
    else:
        assert said(text) == reply


def test_a_moment_is_told_in_the_time_it_names() -> None:
    early = datetime(2026, 11, 4, 0, 30, tzinfo=timezone(timedelta(hours=2)))

    assert said("{{ t | moment }}", t=early) == "3 November 2026, 22:30 UTC"


def test_a_table_has_a_line_for_each_row_and_stops_at_ten() -> None:
    row = {"id": "ch_1", "at": AT, "sum": Money(590, "EUR"), "left": Money(0, "EUR"), "description": "Tea\n{{ x }}"}
    few = said("All: {{ rows | table }}\n\nThat is it.", {"rows": [row, {"id": "b", "size": 3, "gone": True}]})

    assert few == "All:\n- 3 November 2026, €5.90, Tea (( x ))\n- b, 3\n\nThat is it."
    assert said("{{ rows | table }}", {"rows": [row] * 12}).splitlines()[-1] == "- and 2 more"


def test_a_table_without_a_row_is_a_gap() -> None:
    with pytest.raises(Unfilled):
        said("{{ rows | table }}", {"rows": []})


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("{{ r | table }}\n\nx", 0),
        ("{{ r | table }} \nx", 0),
        ("{{ r | table }}", 0),
        ("{{ r | table }} x", 1),
        ("{{ r | table }}{{ a }}", 1),
    ],
)
def test_a_table_ends_its_line(text: str, faults: int) -> None:
    assert len(Template.parse(text).faults(TYPES, {"r"}, ())) == faults

"""Conditions: what is refused when they are compiled, and what they say of values that are there, or are not."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.domain.expression import Faulty, Language, Unknown, fits
from deskhand.domain.money import Money

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
LANGUAGE = Language(
    {
        "paid": Money,
        "charge.status": str,
        "turns": int,
        "open": bool,
        "now": datetime,
        "charge.age": timedelta,
        "tags": list[str],
    }
)
VALUES: dict[str, Any] = {
    "paid": Money(2900, "USD"),
    "charge.status": "succeeded",
    "turns": 3,
    "open": True,
    "now": NOW,
    "charge.age": timedelta(days=2),
    "tags": ["vip", "new"],
}


def holds(source: str, **changes: Any) -> bool | Unknown:
    return LANGUAGE.compile(source).holds(LANGUAGE.scope({**VALUES, **changes}))


def holds_without(source: str, *names: str) -> bool | Unknown:
    scope = LANGUAGE.scope({name: value for name, value in VALUES.items() if name not in names})
    return LANGUAGE.compile(source).holds(scope)


@pytest.mark.parametrize(
    "source",
    [
        "paid == 2900",
        "turns >= 3 && open",
        'charge.status in ["succeeded", "pending"]',
        'charge.status.startsWith("succ")',
        "now - charge.age < now",
        'tags.exists(tag, tag == "vip")',
        'tags.all(tag, tag != "old")',
        "size(tags) == 2",
        "now.getHours() == 12",
        'now.getHours("Europe/Berlin") == 13',
        'open ? paid > 0 : charge.status == "x"',
    ],
)
def test_a_condition_is_true_of_values_and_its_opposite_is_not(source: str) -> None:
    assert holds(source) is True
    assert holds(f"!({source})") is False


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("turns > charge.stauts", "column 15: undeclared reference to 'charge.stauts'"),
        ('paid > "29"', "no matching overload"),
        ("paid > 29.0", "no matching overload"),
        ("open == null", "no matching overload"),
        ("turns", "is INT, not true or false"),
        ("turns >", "Syntax error"),
        ("", "Syntax error"),
        ("open) || (true", "Syntax error"),
        ("dyn(paid) == 'x'", "undeclared reference to 'dyn'"),
        ("has(charge.status)", "undeclared reference to 'has'"),
        ('charge.age < duration("72h")', "undeclared reference to 'duration'"),
        ('now < timestamp("2026-01-01T00:00:00Z")', "undeclared reference to 'timestamp'"),
        ('charge.status.matches("(a+)+$")', "undeclared reference to 'matches'"),
        ("int(charge.status) == 1", "undeclared reference to 'int'"),
        ("size(tags.map(tag, tag)) == 1", "undeclared reference to"),
        ("(" * 40 + "open" + ")" * 40, "recursion limit"),
    ],
)
def test_what_is_no_condition_is_refused_with_the_place(source: str, what: str) -> None:
    with pytest.raises(Faulty) as caught:
        LANGUAGE.compile(source)

    assert what in str(caught.value)


def test_a_condition_tells_the_names_it_speaks_of_once_and_in_order() -> None:
    expression = LANGUAGE.compile('turns > 1 || charge . status == "paid open" || turns > 2')

    assert expression.names == ("turns", "charge.status")


def test_a_missing_value_makes_unknown_only_what_depends_on_it() -> None:
    assert isinstance(holds_without("turns > 1", "turns"), Unknown)
    assert isinstance(holds_without("!(turns > 1)", "turns"), Unknown)
    assert isinstance(holds_without("turns > 1 || !open", "turns"), Unknown)
    assert holds_without("turns > 1 || open", "turns") is True
    assert holds_without("turns > 1 && !open", "turns") is False


@pytest.mark.parametrize(
    ("source", "changes"),
    [
        ("turns / 0 == 1", {}),
        ("turns + turns > 0", {"turns": 2**62}),
        ("turns > 0", {"turns": 2**63}),
        ("tags[5] == 'vip'", {}),
        ('now.getHours("Europe/Berlni") == 13', {}),
        ("tags.all(a, tags.all(b, tags.all(c, a == a || b == c)))", {"tags": ["x"] * 300}),
        ("charge.status == 'x'", {"charge.status": "\ud800"}),
        ("charge.age > charge.age", {"charge.age": timedelta.max}),
    ],
)
def test_what_cannot_be_computed_is_unknown_and_raises_nothing(source: str, changes: dict[str, Any]) -> None:
    assert isinstance(holds(source, **changes), Unknown)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("turns", True),
        ("turns", 3.0),
        ("open", 1),
        ("paid", 2900),
        ("charge.status", None),
        ("now", NOW.replace(tzinfo=None)),
        ("tags", ("vip",)),
        ("tags", ["vip", 1]),
        ("charge.colour", "red"),
    ],
)
def test_a_value_of_another_type_or_name_is_an_error(name: str, value: object) -> None:
    with pytest.raises(TypeError):
        LANGUAGE.scope({name: value})


def test_a_time_is_the_same_moment_whatever_its_zone() -> None:
    assert holds("now.getHours() == 12", now=NOW.astimezone(timezone(timedelta(hours=-5)))) is True


@given(st.text(max_size=30), st.one_of(st.integers(), st.text(), st.booleans(), st.none(), st.lists(st.text())))
def test_only_a_value_of_the_very_type_fits(text: str, value: object) -> None:
    assert fits(text, str)
    assert fits(value, int) == (isinstance(value, int) and not isinstance(value, bool))
    assert fits(value, list[str]) == isinstance(value, list)


tokens = st.sampled_from(
    "turns paid open tags now charge.status ( ) [ ] { } && || ! == <= + - / % 1 0 1.5 'x' \" . , ? : in true null"
    " size all exists has dyn b'x' 1u -9223372036854775808".split(" ")
)


@given(st.lists(tokens, max_size=12).map(" ".join))
def test_any_text_is_a_condition_or_faulty_and_is_told_without_an_error(source: str) -> None:
    try:
        expression = LANGUAGE.compile(source)
    except Faulty as fault:
        told: object = str(fault)
    else:
        told = expression.holds(LANGUAGE.scope({}))
    assert isinstance(told, bool | Unknown | str)

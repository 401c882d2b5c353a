"""Reading YAML as it is written: texts with lines, and nothing but `DeskFault` for what cannot be read."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from deskhand.domain.errors import DeskFault
from deskhand.domain.lined_yaml import Items, Map, Text, read

FILE = """\
# who may
on: yes
limits: {USD: 50.00}
rules:
  - a
  - b: >
      folded
      text
"""


def test_scalars_stay_as_they_are_written() -> None:
    assert read(FILE, "f") == {
        "on": "yes",
        "limits": {"USD": "50.00"},
        "rules": ["a", {"b": "folded text\n"}],
    }


def test_every_part_knows_its_line() -> None:
    document = read(FILE, "f")
    limits, rules = document["limits"], document["rules"]

    assert [getattr(key, "line", None) for key in document] == [2, 3, 4]
    assert (type(limits), limits.line, limits["USD"].line) == (Map, 3, 3)
    assert (type(rules), rules.line) == (Items, 5)
    assert [type(each) for each in rules] == [Text, Map]
    assert [each.line for each in rules] == [5, 6]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a: b\nc: d\na: e\n", 3, "'a' is no key, or stands there twice"),
        ("a: b\n? [c]\n: d\n", 2, "['c'] is no key"),
        ("a:\n  - !not.this\n", 2, "the tag '!not.this' is not known"),
        ("a:\n  - !!python/name:os.system x\n", 2, "is not known"),
        ("a: &x b\nc: *x\n", 2, "*x is an alias"),
        ("a: b\non: *\n", 2, "YAML:"),
        ("a: [b\nc: d\n", 2, "YAML:"),
        ("a: b\n\tc: d\n", 2, "YAML:"),
        ('a: b\nc: "\\ud800"\n', 2, "invalid Unicode character escape"),
        ('a: b\nc: "\\0"\n', 2, "an escape stands for no letter"),
        ("a: b\n---\nc: d\n", 2, "another document"),
        ('a: "\\UFFFFFFFF"', 1, "invalid Unicode character escape"),
        ("a: \ud800", 1, "half of a letter"),
        ("a: " + "[" * 5000, 1, "nesting depth"),
        ("a: " + "[" * 900 + "]" * 900, 1, "nested too deeply"),
        ("[a]", 1, "not a mapping"),
        ("", 1, "not a mapping"),
    ],
)
def test_a_fault_is_told_with_its_line(text: str, line: int, what: str) -> None:
    with pytest.raises(DeskFault) as caught:
        read(text, "some.yaml")

    (fault,) = caught.value.faults
    assert (fault.file, fault.line) == ("some.yaml", line)
    assert what in fault.what


PIECES = """a | : | :\n | \n |   | - | [ | ] | { | } | , | " | ' | \\ | ! | !!map | !!int | &a | *a | > | # | ? | <<"""
pieces = st.sampled_from([*PIECES.split(" | "), "|", "%YAML 1.1", "---", "\t", "\0", "\ud800", "\\U", "9" * 9, "é"])


@given(st.lists(pieces, max_size=25).map("".join) | st.text(max_size=40))
@example("%YAML " + "9" * 5000 + ".1\n---\na: b")
@example("a: !!map x")
def test_only_a_desk_fault_ever_escapes(text: str) -> None:
    try:
        document = read(text, "f")
    except DeskFault:
        return
    lines = list(_lines(document))
    assert lines[0] == document.line
    assert all(1 <= line <= len(text) + 1 for line in lines)


def _lines(value: Any) -> Iterator[int]:
    yield value.line
    match value:
        case Map():
            for part in (*value.keys(), *value.values()):
                yield from _lines(part)
        case Items():
            for part in value:
                yield from _lines(part)

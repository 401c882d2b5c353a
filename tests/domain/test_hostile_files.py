"""What a company's own files may not do, whoever wrote them: take the desk's time, its memory, or its insides."""

import subprocess
import sys
from datetime import UTC, datetime

import pytest

from deskhand.domain import expression, lined_yaml
from deskhand.domain.ai_notice import Notice
from deskhand.domain.errors import DeskFault
from deskhand.domain.expression import Faulty, Language
from deskhand.domain.money import Money
from deskhand.execution.catalogue.own.templates import Words
from deskhand.proactive.slots import filled
from deskhand.procedures.template import Template
from deskhand.settings import read_table

TAGS = Language({"tags": list[str], "text": str, "n": int})
MANY = [f"tag-{number}" for number in range(2_000)]

FILES = {
    "a file without an end": "a: b\n" * 300_000,
    "a text without an end": f"a: {'x' * 30_000}",
    "lists within lists": "a: " + "[" * 5_000,
    "tables within tables": "a: " + "{b: " * 5_000,
    "sound, and deep": "a: " + "[" * 40 + "]" * 40,
    "aliases that double": "a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]",
    "a tag of Python's": "a: !!python/object/apply:os.system [id]",
    "a merge": "a: &a {x: y}\nb: {<<: *a}",
    "a key that is a list": "? [a, b]\n: c",
}
TABLES = {
    "a table without an end": "a = 1\n" * 300_000,
    "lists within lists": "a = " + "[" * 5_000,
}
CONDITIONS = {
    "longer than anybody reads": "n > 0 && " * 1_000 + "n > 0",
    "deeper than anybody reads": "(" * 60 + "n > 0" + ")" * 60,
    "far too deep": "(" * 900 + "true" + ")" * 900,
    "lists within lists": "[" * 60 + "1" + "]" * 60 + " == []",
    "a pattern of its own": "text.matches('(a+)+$')",
    "a list made of a list": "tags.map(t, t + t).size() > 0",
    "the insides of a name": "text.__class__ == text",
}


@pytest.mark.parametrize("text", FILES.values(), ids=FILES.keys())
def test_a_hostile_file_is_a_fault_with_its_line(text: str) -> None:
    with pytest.raises(DeskFault) as refused:
        lined_yaml.read(text, "policies/x.yaml")
    (fault,) = refused.value.faults
    assert fault.file == "policies/x.yaml"
    assert fault.line >= 1


@pytest.mark.parametrize("text", TABLES.values(), ids=TABLES.keys())
def test_a_hostile_desk_toml_is_a_fault(text: str) -> None:
    with pytest.raises(DeskFault, match="TOML"):
        read_table(text, "desk.toml")


@pytest.mark.parametrize("source", CONDITIONS.values(), ids=CONDITIONS.keys())
def test_a_hostile_condition_is_refused_before_it_runs(source: str) -> None:
    with pytest.raises(Faulty):
        TAGS.compile(source)


def test_a_long_condition_that_somebody_may_read_is_taken() -> None:
    long = " || ".join(["n > 0"] * 30)
    assert len(long) < expression.LONGEST
    assert TAGS.compile(long).holds(TAGS.scope({"n": 1})) is True


NESTED = "tags.exists(a, tags.exists(b, tags.exists(c, tags.exists(d, a + b + c + d == 'x'))))"
GROWING = "size(" + " + ".join(["text"] * 25) + ") < 0"


def test_a_condition_that_would_never_end_cannot_be_told() -> None:
    """In a process with a limit of its own: 2,000 tags to the fourth power are 16 million millions."""
    code = (
        "import resource; resource.setrlimit(resource.RLIMIT_CPU, (60, 60)); "
        "resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30)); "
        "from tests.domain.test_hostile_files import *; from deskhand.domain.expression import Unknown; "
        "scope = TAGS.scope({'tags': MANY, 'text': 'x' * 100_000, 'n': 1}); "
        "held = TAGS.compile(NESTED).holds(scope); assert isinstance(held, Unknown), held; "
        "assert TAGS.compile(GROWING).holds(scope) is False"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-1500:]


# -- texts with places in them ---------------------------------------------------------------------------------

INSIDES = [
    "{{ text.__class__ }}",
    "{{ text.__class__.__mro__ }}",
    "{{ text['x'] }}",
    "{{ text.upper() }}",
    "{{ 7 * 7 }}",
    "{{ self }}",
    "{{ text | attr('x') }}",
    "{{ text | e }}",
    "{% for x in y %}x{% endfor %}",
    "{% raw %}",
    "{0.__class__}",
    "{text.__class__}",
    "{text!r}",
    "{text:>999999999}",
    "%(text)s {",
    "${text}",
    "{{ {{ text }} }}",
]


@pytest.mark.parametrize("text", INSIDES)
def test_what_a_procedure_says_reaches_no_insides(text: str) -> None:
    try:
        template = Template.parse(text)
    except ValueError:
        return
    assert template.faults({"text": str}, (), ()) != []


@pytest.mark.parametrize("text", INSIDES)
def test_what_an_action_sends_reaches_no_insides(text: str) -> None:
    try:
        words = Words.parse(text)
    except ValueError:
        return
    try:
        said = words.fill({"text": "value"})
    except KeyError:
        return
    assert said == text.replace("{text}", "value")


@pytest.mark.parametrize("text", INSIDES)
def test_a_letter_that_we_begin_reaches_no_insides(text: str) -> None:
    assert filled(text, {"text": "value"}, str) in (None, text, text.replace("{{ text }}", "value"))


def test_a_value_that_looks_like_a_place_is_filled_once_and_no_more() -> None:
    values = {"text": "{{ secret }} {secret}", "secret": "s3cr3t"}
    assert Words.parse("{text}").fill(values) == "{{ secret }} {secret}"
    assert filled("{{ text }}", values, str) == "{{ secret }} {secret}"
    said = Template.parse("{{ text }}").render(values, {}, None)
    assert said == "(( secret )) (secret)"


def test_a_companys_name_is_put_into_the_notice_as_it_is() -> None:
    assert "{0.__class__} %s" in Notice("{0.__class__} %s").text("en")


def test_values_have_no_insides_that_a_place_could_name() -> None:
    types = {"charge": Money, "at": datetime}
    for place in ("charge.minor", "charge.currency", "at.year", "at.tzinfo"):
        assert Template.parse(f"{{{{ {place} }}}}").faults(types, (), ()) != []
    assert Template.parse("{{ at | date }}").render({"at": datetime(2026, 11, 28, tzinfo=UTC)}, {}, None)

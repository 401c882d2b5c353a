"""Policies: YAML with conditions in it."""

from pathlib import Path

from tests.fuzz.door import Door
from tests.fuzz.mutating import texts
from tests.policy.test_fuzz import documents
from tests.policy.world import REFUND_YAML, load
from tests.yaml_text import flow

from deskhand.domain.errors import DeskFault

LUMEN = [one.read_text("utf-8") for one in sorted(Path("examples/lumen/policies").glob("*.yaml"))]
JOINTS: tuple[str, ...] = (
    "rules:",
    "- ",
    "{",
    "}",
    "&a ",
    "*a ",
    "!!python/name:os ",
    "? ",
    "|",
    ">",
    "%YAML 9.9\n---\n",
    "...",
    "---\n",
)
JOINTS += ("when: ", "size(", "1.00 USD", "30d", "\ufeff", '"\\uD800"', "<<: ", "\x85")

DOORS = [
    Door(
        "policy",
        documents.map(flow) | texts([REFUND_YAML, *LUMEN], JOINTS),
        lambda text: load({"f": text}).digest,
        (DeskFault,),
        once=("&a [*a]", "a: !!python/object/apply:os.system [x]", "[" * 5_000, "{a: " * 5_000, "a: \x00", "\ud800: b"),
        long=(
            "a: " + "[" * 300_000,
            "a: &b [x]\n" + "c: [*b, *b]\n" * 20_000,
            "- " * 300_000,
            "a: '" + "x" * 2_000_000,
        ),
    )
]

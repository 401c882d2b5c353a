"""Procedures, and a company's own actions."""

from pathlib import Path

from tests.fuzz.door import Door
from tests.fuzz.mutating import texts
from tests.procedures.test_fuzz import documents
from tests.procedures.world import KNOWN, NAME, TEXT
from tests.yaml_text import flow

from deskhand.domain.errors import DeskFault
from deskhand.execution.catalogue.own.loading import load_actions
from deskhand.procedures.loading import load_procedures

ACTIONS = [one.read_text("utf-8") for one in sorted(Path("examples/lumen/actions").glob("*.yaml"))]
JOINTS: tuple[str, ...] = (
    "steps:",
    "- ",
    "{{ ",
    " }}",
    "| ",
    "{% ",
    "&a ",
    "*a ",
    "!!python/name:os ",
    "? ",
    "when: ",
    "look_up: ",
    "(",
)
JOINTS += ('"', "=", "slots: ", "ask: ", "\ufeff", '"\\uD800"', "<<: ")

DOORS = [
    Door(
        "procedure",
        documents.map(flow) | texts([TEXT], JOINTS),
        lambda text: [one.id for one in load_procedures({NAME: text}, KNOWN)],
        (DeskFault,),
        once=("[" * 5_000, TEXT.replace("{{", "{{" * 900, 1), TEXT.replace("when: ", "when: " + "(" * 900, 1)),
        long=(TEXT + "\n# " + "x" * 1_000_000, "examples: [" + "a, " * 20_000 + "]"),
        often=40,
    ),
    Door(
        "action of a company",
        texts(ACTIONS, JOINTS),
        lambda text: list(load_actions({"actions/x.yaml": text}, None, {})),
        (DeskFault,),
        often=40,
    ),
]

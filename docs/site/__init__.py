"""Pages of the documentation that are made from the program itself: `make reference` writes them, a test compares."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from docs.site import clicks, commands, endpoints

from deskhand.execution.catalogue.own import keys as of_action
from deskhand.golden import keys as of_golden
from deskhand.measurement.definitions import definitions
from deskhand.procedures import schema as of_procedure

DOCS = Path(__file__).parent.parent


def _written(schema: Callable[[], Any]) -> Callable[[], str]:
    return lambda: json.dumps(schema(), indent=2) + "\n"


PAGES: Mapping[str, Callable[[], str]] = {
    "action.schema.json": _written(of_action.json_schema),
    "api.md": endpoints.page,
    "cli.md": commands.page,
    "clicks.md": clicks.page,
    "golden.schema.json": _written(of_golden.json_schema),
    "metrics.md": definitions,
    "procedure.schema.json": _written(of_procedure.json_schema),
}

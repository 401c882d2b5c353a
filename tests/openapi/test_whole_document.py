"""Somebody else's generator asks every operation of our document, as each role and as nobody: `make test-api`."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree
from typing import Any

import hypothesis
import pytest
from hypothesis import strategies
from tests.api.test_rights import HOW, LEGAL, limited
from tests.api.visitor import bearer
from tests.stories.lumen import TWICE, opened
from tests.web.conftest import Workspace, served

from deskhand.domain.rights import LADDER, Right, Role, holders
from deskhand.domain.stage import Stage
from deskhand.entrypoints.api.app import create_app
from deskhand.entrypoints.rights import stated

schemathesis = pytest.importorskip("schemathesis", reason="install it with: make test-api")
pytestmark = [
    pytest.mark.openapi,
    pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisDeprecationWarning"),  # of the generator itself
]
EXAMPLES = 30  # of each operation, as each of six
ENDLESS = "/widget/conversations/{id}/events"


@pytest.fixture(scope="module")
def desk(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = copytree(prepared, tmp_path_factory.mktemp("openapi") / "desk")
    with opened(folder, limited) as lumen, served(lumen) as address:
        yield Workspace(lumen, address)


@pytest.fixture(scope="module")
def known(desk: Workspace) -> dict[str, list[str]]:
    """Names of what is there: without them every answer would be that it is not."""
    lumen = desk.lumen
    handed, refunded = (lumen.say(lumen.customer("single_charge"), text).ticket for text in (LEGAL, TWICE))
    waiting = lumen.say(lumen.customer("single_charge"), HOW, stage=Stage.ASSISTED).ticket
    with lumen.installation.store.begin() as tx:
        effects = [one.key for ticket in (handed, refunded) for one in tx.ledger.of_ticket(ticket)]
    return {"ticket": [handed, refunded, waiting], "id": [lumen.suggestion(waiting).id], "key": effects}


@pytest.mark.parametrize("who", ["nobody", *LADDER])
def test_no_operation_breaks_or_says_what_the_document_does_not(
    desk: Workspace, known: dict[str, list[str]], who: str
) -> None:
    headers = {} if who == "nobody" else bearer(desk.lumen, f"the {who}")
    rights = stated(create_app(desk.lumen.installation).routes)
    faults: dict[str, set[str]] = defaultdict(set)
    asked = 0
    for found in schemathesis.openapi.from_url(f"{desk.address}/openapi.json").get_all_operations():
        operation = found.ok()
        if operation.path == ENDLESS and who != "nobody":
            continue
        name = f"{operation.method.upper()} {operation.path}"
        right = rights[operation.method.upper(), operation.path.replace("{key}", "{key:path}")]
        barred = isinstance(right, Right) and (who == "nobody" or Role(who) not in holders(right))
        for told in ask(operation, headers, known, barred=barred):
            faults[name].add(told)
        asked += 1
    assert asked > 30
    assert not faults, "\n\n".join(f"{name}: {why}" for name, found in faults.items() for why in sorted(found))


def ask(operation: Any, headers: dict[str, str], known: dict[str, list[str]], *, barred: bool) -> set[str]:
    """What was wrong with its answers. Nothing is raised while cases are made: they change the desk."""
    found: set[str] = set()
    checks = [schemathesis.checks.CHECKS.get_one(name) for name in CHECKS]
    modes = [operation.as_strategy(generation_mode=mode) for mode in schemathesis.GenerationMode]

    @hypothesis.settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(case=strategies.one_of(modes), pick=strategies.integers(0, 3))
    def one(case: Any, pick: int) -> None:
        for name, values in known.items():
            if pick and name in (case.path_parameters or {}):
                case.path_parameters[name] = values[pick % len(values)]
        try:
            answer = case.call_and_validate(headers=headers, checks=checks, timeout=20)
            if barred and answer.status_code < 300:
                found.add(f"{answer.status_code} for who may not")
        except schemathesis.errors.SchemathesisError as error:
            found.add(str(error))
        except BaseExceptionGroup as error:
            found.update(f"{type(one).__name__}: {str(one)[:600]}" for one in error.exceptions)

    one()
    return found


CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "response_headers_conformance",
)

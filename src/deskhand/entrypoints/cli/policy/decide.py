"""`deskhand policy decide`: facts in, verdicts out, a line each."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from deskhand.bootstrap import policy_files
from deskhand.entrypoints.printing import aside, plain
from deskhand.execution.catalogue.all_actions import schema_of_texts
from deskhand.policy.decide import decide
from deskhand.policy.explain import explain
from deskhand.policy.loading import load_policies
from deskhand.policy.nearest import one_of
from deskhand.policy.policy import Decision, Policy
from deskhand.policy.recorded import fact_types, read_facts, record
from deskhand.settings import read_settings

KEYS = frozenset({"action", "facts", "currency", "approved", "own"})


class _Wrong(Exception):
    """What is wrong with a line."""


def run(folder: Path, source: str, *, as_json: bool) -> None:
    """Line by line, so that a file of any length can be decided. Exit with 1 if any line was faulty."""
    files = policy_files(read_settings(folder).folder)
    policy = load_policies(files, schema_of_texts(files))
    faulty = 0
    with _opened(source) as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                decision = decide_line(policy, line)
            except _Wrong as wrong:
                faulty += 1
                if as_json:
                    _print({"line": number, "fault": str(wrong)})
                else:
                    sys.stdout.write(f"{source}:{number}: {wrong}\n")
                continue
            if as_json:
                told = record(decision)
                _print({"line": number, **told, "says": decision.verdict.says, "trace": decision.trace})
            else:
                sys.stdout.write(f"{source}:{number}: {decision.action}: {explain(decision)}\n")
    if faulty:
        aside.print(f"{faulty} faulty lines; the others are decided.", style="bold red", highlight=False)
        raise SystemExit(1)


def decide_line(policy: Policy, line: str) -> Decision:
    """`_Wrong` with what is wrong with it."""
    asked = _object(line)
    action, facts = asked.get("action"), asked.get("facts")
    if not isinstance(action, str) or action not in policy.chapters:
        raise _Wrong(f"unknown action {action!r}{one_of(str(action), policy.chapters)}")
    if not isinstance(facts, dict):
        raise _Wrong("`facts` is an object of facts by name")
    currency, own = asked.get("currency"), asked.get("own", "")
    approved = asked.get("approved", [])
    if not isinstance(currency, str | None) or not isinstance(own, str):
        raise _Wrong("`currency` and `own` are texts")
    if not isinstance(approved, list) or not all(isinstance(role, str) for role in approved):
        raise _Wrong("`approved` is a list of roles")
    types = fact_types(policy, action)
    read, unread = read_facts(facts, types)
    if unread:
        name = unread[0]
        known = "does not read as its type" if name in types else f"is no fact of {action}{one_of(name, types)}"
        raise _Wrong(f"{name} {known}")
    return decide(policy, action, read, currency=currency, approved=approved, own=own)


def _object(line: str) -> dict[str, Any]:
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _Wrong(f"is no JSON: {error}") from None
    if not isinstance(asked, dict):
        raise _Wrong("is no JSON object")
    for key in asked:
        if key not in KEYS:
            raise _Wrong(f"unknown key {key!r}{one_of(key, KEYS)}")
    return asked


def _print(told: object) -> None:
    sys.stdout.write(json.dumps(plain(told), ensure_ascii=False) + "\n")


@contextmanager
def _opened(source: str) -> Iterator[TextIO]:
    if source == "-":
        yield sys.stdin
        return
    with Path(source).open(encoding="utf-8", errors="replace") as file:
        yield file

"""Policies: what is in force in plain words beside its text, how often it spoke, and whether its tests pass."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse

from deskhand.bootstrap import Installation, policy_files, policy_tests
from deskhand.domain.errors import DeskFault
from deskhand.domain.rights import Right
from deskhand.entrypoints.people import Caller
from deskhand.entrypoints.rights import needs
from deskhand.entrypoints.web.frame import page
from deskhand.measurement.policy_use import KINDS, PolicyUse, policy_use
from deskhand.policy.case_file import load_cases
from deskhand.policy.cases import Tried, try_cases
from deskhand.policy.english import length_in_words
from deskhand.policy.policy import BUILT_IN, Chapter, Policy, Rule
from deskhand.policy.render import PARTS, rule_in_words
from deskhand.policy.rule_text import TURN

router = APIRouter(include_in_schema=False)
DAYS = 30


@dataclass(frozen=True)
class Shown:
    """A rule as people read it: what it does, in a sentence and as it is written. `spoke`: how often, lately."""

    rule: Rule
    part: str
    words: str
    text: str
    spoke: int


@dataclass(frozen=True)
class Tests:
    """`fault`: why they could not be run."""

    tried: tuple[Tried, ...] = ()
    fault: str = ""

    @property
    def failed(self) -> list[Tried]:
        return [one for one in self.tried if one.wrong]

    def of(self, action: str) -> list[Tried]:
        return [one for one in self.tried if one.case.action == action]


@router.get("/policies", dependencies=[needs(Right.READ)])
def policies(request: Request, caller: Caller) -> HTMLResponse:
    installation: Installation = request.app.state.installation
    policy = installation.desk.policy
    values = {
        "policy": policy,
        "chapters": policy.chapters,
        "titles": {name: kind.title for name, kind in installation.desk.actions.items()},
        "turn": TURN,
        "use": lately(installation),
        "tests": tests(installation),
        "versions": installation.queries.policy_versions(),
        "changed": changed(installation),
        "procedures": sorted(installation.desk.procedures.values(), key=lambda one: one.title),
        "rollout": installation.desk.rollout,
        "days": DAYS,
    }
    return page(request, caller, "policies.html", values)


@router.get("/policies/actions/{action}", dependencies=[needs(Right.READ)])
def of_action(action: str, request: Request, caller: Caller) -> HTMLResponse:
    """Every rule on one action."""
    installation: Installation = request.app.state.installation
    policy = installation.desk.policy
    chapter = policy.chapters.get(action)
    if chapter is None:
        raise HTTPException(404, f"There is no action {action[:200]}.")
    use = lately(installation)
    kind = installation.desk.actions.get(action)
    values = {
        "action": action,
        "title": kind.title if kind else "",
        "turn": TURN,
        "rules": list(shown(policy, action, chapter, use)),
        "limits": {name: ", ".join(map(str, amounts.values())) for name, amounts in chapter.limits.items()},
        "windows": {name: length_in_words(length) for name, length in chapter.windows.items()},
        "use": use.of(action),
        "tests": tests(installation),
        "changed": changed(installation),
        "days": DAYS,
    }
    return page(request, caller, "policy_action.html", values)


def lately(installation: Installation) -> PolicyUse:
    since = installation.desk.clock() - timedelta(days=DAYS)
    return policy_use(installation.queries.lately(KINDS, since))


def tests(installation: Installation) -> Tests:
    """The desk's own tests, run now over the policy in force."""
    policy = installation.desk.policy
    try:
        return Tests(tuple(try_cases(policy, load_cases(policy_tests(installation.settings.folder), policy))))
    except DeskFault as fault:
        return Tests(fault=str(fault.faults[0]))


def changed(installation: Installation) -> bool:
    """Whether the files are others than those that this desk was started with."""
    try:
        return policy_files(installation.settings.folder) != dict(installation.desk.policy.texts)
    except DeskFault:
        return True


def shown(policy: Policy, action: str, chapter: Chapter, use: PolicyUse) -> Iterator[Shown]:
    """In the order of `deskhand policy render`: what refuses first, what allows last."""
    for effect, part in PARTS.items():
        for rule in chapter.rules:
            if rule.effect is effect:
                text = "" if rule.file == BUILT_IN else snippet(policy.texts[rule.file], rule.line)
                yield Shown(rule, part, rule_in_words(rule, chapter), text, use.of(action).rules[rule.id])


def snippet(text: str, line: int) -> str:
    """The item of a YAML list that begins at this line, without its indent."""
    lines = text.splitlines()[line - 1 :]
    indent = len(lines[0]) - len(lines[0].lstrip()) if lines else 0
    found = lines[:1]
    for one in lines[1:]:
        if one.strip() and not re.match(rf"\s{{{indent + 1},}}", one):
            break
        found.append(one)
    return "\n".join(one[indent:] for one in found).rstrip()

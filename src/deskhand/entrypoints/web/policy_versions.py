"""Versions of the policy: every text that this desk was started with, and what differs between two."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse

from deskhand.bootstrap import Installation
from deskhand.domain.errors import DeskFault
from deskhand.domain.rights import Right
from deskhand.entrypoints.differing import differing
from deskhand.entrypoints.people import Caller
from deskhand.entrypoints.rights import needs
from deskhand.entrypoints.web.frame import page
from deskhand.execution.catalogue.all_actions import schema_of_texts
from deskhand.policy.difference import RuleChange, rule_changes
from deskhand.policy.loading import compile_policies
from deskhand.policy.policy import Policy

router = APIRouter(include_in_schema=False)
Digest = Annotated[str, Query(pattern=r"^[0-9a-f]{0,64}$")]


@router.get("/policies/versions", dependencies=[needs(Right.READ)])
def versions(request: Request, caller: Caller, old: Digest = "", new: Digest = "") -> HTMLResponse:
    """The two newest where none are named."""
    installation: Installation = request.app.state.installation
    known = installation.queries.policy_versions()
    digests = [digest for digest, _ in known]
    new = new or installation.desk.policy.digest
    old = old or next((one for one in digests if one != new), new)
    texts = installation.queries.policy_texts()
    if old not in texts or new not in texts:
        raise HTTPException(404, "There is no such version of the policy.")
    changes, fault = _rules(texts[old], texts[new])
    values = {
        "versions": known,
        "current": installation.desk.policy.digest,
        "old": old,
        "new": new,
        "changes": changes,
        "fault": fault,
        "files": list(differing(texts[old], texts[new])),
    }
    return page(request, caller, "policy_versions.html", values)


def _rules(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[list[RuleChange], str]:
    """An old text may be one that this version cannot read any more."""
    try:
        return rule_changes(_policy(old), _policy(new)), ""
    except DeskFault as fault:
        return [], str(fault.faults[0])


def _policy(texts: Mapping[str, str]) -> Policy:
    return compile_policies(texts, schema_of_texts(texts))

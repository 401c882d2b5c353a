"""How the connected systems fare, as the calls of this process have shown."""

from typing import Any

from fastapi import APIRouter, Request

from deskhand.bootstrap import Installation, observe
from deskhand.domain.rights import Right
from deskhand.entrypoints.people import Caller
from deskhand.entrypoints.printing import plain
from deskhand.entrypoints.rights import needs

router = APIRouter(prefix="/api/systems")


@router.get("", dependencies=[needs(Right.READ)])
def systems(request: Request, caller: Caller) -> dict[str, Any]:
    """One entry for each connector; nobody is asked anything for it. `deskhand doctor` asks."""
    installation: Installation = request.app.state.installation
    found = list(observe(installation.systems, installation.store))
    return {"ok": all(one.well for one in found), "systems": plain(found)}

"""How often somebody may come: counted in the database, so that it holds for all processes together."""

import ipaddress
import math
from datetime import timedelta

from fastapi import HTTPException, Request

from deskhand.bootstrap import Installation
from deskhand.domain.digest import digest
from deskhand.domain.incoming import Incoming

MINUTE = timedelta(minutes=1)
FROM_ONE = 30  # messages of one customer within a minute: more than anybody types
UNPROVEN = 60  # deliveries within a minute from one address that prove nothing


def come(installation: Installation, name: str, most: int, told: str, within: timedelta = MINUTE) -> None:
    """Count one more of `name`; 429 with the time to wait when this is one too many. `told` says what was not done."""
    now = installation.desk.clock()
    with installation.store.begin() as tx:
        oldest = tx.visits.come(name, now, now - within, most)
    if oldest is not None:
        _refuse((oldest + within - now).total_seconds(), told)


def count_delivery(installation: Installation, door: str) -> None:
    """429 when this is one too many proven delivery at this address of ours within a minute."""
    most = installation.settings.table.limits.deliveries_per_minute
    told = f"More than {most} deliveries came to this address within a minute. Nothing was filed"
    come(installation, f"door/{door}", most, told)


def count_requester(installation: Installation, incoming: Incoming) -> None:
    """429 when one customer writes more than anybody types: each message would start a run."""
    who = digest([incoming.channel, incoming.requester.email or incoming.requester.phone])[:32]
    told = f"More than {FROM_ONE} messages of this customer came within a minute. Nothing was filed"
    come(installation, f"requester/{who}", FROM_ONE, told)


def forged_before(request: Request) -> None:
    """429 for an address from which too much came that proved nothing, before its next body is read."""
    installation: Installation = request.app.state.installation
    if not (name := _outside(request)):
        return
    now = installation.desk.clock()
    with installation.store.begin() as tx:
        oldest = tx.visits.full(name, now - MINUTE, UNPROVEN)
    if oldest is not None:
        told = "Too much came from your address that proves nothing. Nothing was filed"
        _refuse((oldest + MINUTE - now).total_seconds(), told)


def note_forged(request: Request) -> None:
    """What just came from this address proved nothing."""
    installation: Installation = request.app.state.installation
    if name := _outside(request):
        now = installation.desk.clock()
        with installation.store.begin() as tx:
            tx.visits.come(name, now, now - MINUTE, UNPROVEN)


def _outside(request: Request) -> str:
    """Kept of an address is what it comes to under one-way arithmetic. "" for one of our own network: behind a proxy
    that does not say for whom it asks, everybody has the same one, and none may keep the others out."""
    address = request.client.host if request.client else ""
    try:
        own = ipaddress.ip_address(address).is_private
    except ValueError:
        return ""
    return "" if own else f"unproven/{digest([address])[:32]}"


def _refuse(seconds: float, told: str) -> None:
    wait = max(1, math.ceil(seconds))
    raise HTTPException(429, f"{told}; try again in {wait} s.", {"retry-after": str(wait)})

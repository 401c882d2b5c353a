"""What systems of record say was changed at a customer's account lately, as signs that somebody else may have it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from deskhand.context.lookups.catalogue import LookUps
from deskhand.domain.customer import Customer
from deskhand.domain.errors import ConnectorError


def recent_changes(
    look_ups: LookUps, customer: Customer | None, changes: Mapping[str, str], now: datetime, within: timedelta
) -> Sequence[str] | None:
    """The names in `changes` whose moment was within this time. Each leads to a field of a look-up that holds a moment:
    "records.account_access.password_set_at". None when a system did not answer: nobody can tell."""
    if customer is None:
        return ()
    look_up, found = look_ups.of(customer), []
    for sign, place in changes.items():
        name, _, field = place.rpartition(".")
        try:
            at = look_up(name, {}).fields.get(field)
        except ConnectorError:
            return None
        if isinstance(at, datetime) and now - at <= within:
            found.append(sign)
    return tuple(found)

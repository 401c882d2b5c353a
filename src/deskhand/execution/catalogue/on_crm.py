"""What all actions on a contact of the CRM have in common."""

import re
from collections.abc import Mapping
from datetime import date

from deskhand.domain.errors import Invalid
from deskhand.domain.money import Money
from deskhand.domain.profile import Profile
from deskhand.domain.ref import Ref
from deskhand.execution.catalogue.arguments import NUMBER
from deskhand.execution.doors import Reads, Writes
from deskhand.execution.kind import Nature
from deskhand.ports.writes import RelationsWriter

DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class OnCrm:
    """Each is on one contact, who is whoever has its address."""

    nature = Nature.NEUTRAL

    def money(self, args: Mapping[str, str]) -> Money | None:
        return None

    def subject(self, args: Mapping[str, str]) -> str:
        return f"crm:{args['contact']}"


def contact(text: str) -> str:
    """ValueError unless it is a plain id."""
    if not NUMBER.fullmatch(text):
        raise ValueError("an id has letters, digits, - and _ only")
    return text


def day(text: str) -> str:
    """ValueError unless it is a date such as 2026-12-01."""
    if not DATE.fullmatch(text):
        raise ValueError("a date is written like 2026-12-01")
    return date.fromisoformat(text).isoformat()


def profile(args: Mapping[str, str], reads: Reads) -> Profile | None:
    """None where no CRM is connected: then nobody can tell whose it is."""
    if reads.relations is None:
        return None
    return reads.relations.profile(Ref(reads.relations.system, "contact", args["contact"])).value


def owner(one: Profile | None) -> str | None:
    """The address in the record; None when it has none."""
    return (one.email or None) if one else None


def called(one: Profile | None) -> str:
    return (one.name if one else "") or "a contact"


def writer(writes: Writes) -> RelationsWriter:
    """`Invalid`, in a sentence for the agent, where no CRM is connected."""
    if writes.relations is None:
        raise Invalid(
            "No CRM is connected ([systems.salesforce] or [systems.hubspot] in desk.toml): nothing was written."
        )
    return writes.relations


def ref(args: Mapping[str, str], at: RelationsWriter) -> Ref:
    return Ref(at.system, "contact", args["contact"])

"""Whom a message of ours would go to, and whether they agreed to hear of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from deskhand.context.identify import Customers
from deskhand.context.lookups.catalogue import LookUps
from deskhand.domain.customer import Ambiguous, Customer, Matched
from deskhand.domain.errors import Down, Missing
from deskhand.domain.finding import Value
from deskhand.domain.outreach import Permission
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Requester
from deskhand.proactive.rule import Consent, Rule

RECORD = "customer."


@dataclass(frozen=True)
class Nobody:
    """Why there is nobody whom it could go to."""

    why: str


def addressed(customers: Customers, *, customer: str = "", email: str = "") -> Customer | Nobody:
    """The one customer with this record (a `Ref` as text), or with this address, in all systems.

    `Down` while a system does not answer: what it knows of them, an opt-out among it, would be passed over.
    """
    if customer:
        try:
            email = _record(customers, Ref.parse(customer)).email
        except Missing:
            return Nobody("there is no such customer any more")
    if not email:
        return Nobody("there is no address on file")
    found = customers.who(Requester("", email, verified=True))
    if found.missing:
        raise Down(f"{', '.join(found.missing)} did not answer, so nobody can say who this is")
    match found.identity:
        case Matched(one, _, _):
            if customer and customer not in refs_of(one):
                return Nobody("their address leads to another customer")
            return one if one.email else Nobody("there is no address on file")
        case Ambiguous(refs, _):
            return Nobody(f"{len(refs)} customers have this address")
        case _:
            return Nobody("nobody has this address")


def refs_of(customer: Customer) -> tuple[str, ...]:
    """Every record of this person, as text; the one we act on first."""
    return (str(customer.ref), *(str(one.ref) for one in customer.also))


def told(field: str, customer: Customer, look_ups: LookUps) -> Value | None:
    """What a field of the customer's record, or of a look-up, says now; None when nothing."""
    if field.startswith(RECORD):
        return customer.ids.get(field.removeprefix(RECORD))
    spec, _, column = field.rpartition(".")
    return look_ups.of(customer)(spec, {}).fields.get(column)


def agreed(consent: Consent | None, customer: Customer, look_ups: LookUps) -> bool | None:
    """None when nobody can tell. Raises the `ConnectorError` of a system that does not answer."""
    if consent is None:
        return None
    if not consent.field:
        return True
    said = told(consent.field, customer, look_ups)
    if isinstance(said, str):
        return said.casefold() == consent.says.casefold()
    return said if isinstance(said, bool) else None


def zone_of(rule: Rule, customer: Customer, look_ups: LookUps, ours: ZoneInfo) -> ZoneInfo:
    """The customer's, where it is known; else the desk's."""
    said = told(rule.zone, customer, look_ups) if rule.zone else None
    try:
        return ZoneInfo(said) if isinstance(said, str) and said else ours
    except (ValueError, OSError, KeyError):  # no zone of that name
        return ours


class LivePermissions:
    """See `ports.reads.Permissions`."""

    def __init__(self, rules: Mapping[str, Rule], customers: Customers, look_ups: LookUps):
        self._rules, self._customers, self._look_ups = rules, customers, look_ups

    def of(self, family: str, customer: Ref, event: str) -> Permission:
        rule = self._rules.get(family)
        if rule is None:
            raise Missing(f"there is no rule of the family {family}")
        one = addressed(self._customers, customer=str(customer))
        if isinstance(one, Nobody):
            raise Missing(one.why)
        return Permission(rule.on, one.email, rule.service, agreed(rule.consent, one, self._look_ups))


def _record(customers: Customers, ref: Ref) -> Customer:
    for directory in customers.directories:
        if directory.system == ref.system:
            return directory.customer(ref).value
    raise Missing(f"{ref.system} is not connected any more")

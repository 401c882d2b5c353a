"""HubSpot's objects as our values. Every property is a text or null: null is empty."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from deskhand.connectors.hubspot import SYSTEM
from deskhand.connectors.hubspot.fields import COMPANY, Fields
from deskhand.domain.customer import Customer
from deskhand.domain.errors import Invalid
from deskhand.domain.money import Money
from deskhand.domain.phone import e164
from deskhand.domain.profile import Deal, Profile
from deskhand.domain.ref import Ref

T = TypeVar("T")
NOTHING: Mapping[str, Any] = {}


def parsed(parse: Callable[..., T], *given: Any) -> T:
    """`Invalid` for an object that lacks what we rely on: better no answer than a wrong one."""
    try:
        return parse(*given)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Invalid(f"hubspot: a {parse.__name__} cannot be read: {type(error).__name__}") from error


def customer(raw: Mapping[str, Any], company: Mapping[str, Any], fields: Fields) -> Customer:
    phones = (e164(text(raw, name)) for name in ("phone", "mobilephone"))
    return Customer(
        ref=Ref(SYSTEM, "contact", str(raw["id"])),
        name=name_of(raw),
        email=text(raw, "email"),
        tier=told(raw, company, fields.tier).lower(),
        flagged=told(raw, company, fields.flagged).lower() in ("true", "yes"),
        since=datetime.fromisoformat(raw["createdAt"]),
        phones=tuple(dict.fromkeys(filter(None, phones))),
        ids={name: value for name, field in fields.ids.items() if (value := told(raw, company, field))},
    )


def profile(
    raw: Mapping[str, Any], company: Mapping[str, Any], owner: str, deals: tuple[Deal, ...], fields: Fields
) -> Profile:
    return Profile(
        contact=Ref(SYSTEM, "contact", str(raw["id"])),
        name=name_of(raw),
        account=Ref(SYSTEM, "account", str(company["id"])) if company else None,
        account_name=text(company, "name"),
        tier=told(raw, company, fields.tier).lower(),
        owner=owner,
        subscription=told(raw, company, fields.subscription).lower(),
        health=told(raw, company, fields.health).lower(),
        deals=deals,
        email=text(raw, "email"),
        fields={name: text(raw, field) for name, field in fields.writable.items()},
    )


def deal(raw: Mapping[str, Any], fields: Fields) -> Deal:
    stage, closes = text(raw, "dealstage"), text(raw, "closedate")
    return Deal(
        ref=Ref(SYSTEM, "deal", str(raw["id"])),
        name=text(raw, "dealname"),
        stage=fields.stages.get(stage, stage),
        amount=money(text(raw, "amount"), text(raw, "deal_currency_code") or fields.currency),
        closes=date.fromisoformat(closes[:10]) if closes else None,
    )


def created(raw: Mapping[str, Any]) -> str:
    """For sorting: when an object was made."""
    return str(raw["createdAt"])


def id_of(raw: Mapping[str, Any]) -> str:
    return str(raw["id"])


def owner(raw: Mapping[str, Any]) -> str:
    """The agent's name, else their address."""
    whole = f"{raw.get('firstName') or ''} {raw.get('lastName') or ''}".strip()
    return whole or str(raw.get("email") or "")


def money(amount: str, currency: str) -> Money | None:
    """None when there is none, or it cannot be told exactly: a made-up amount is worse."""
    try:
        return Money.parse(f"{Decimal(amount).normalize():f} {currency}") if amount else None
    except (ValueError, InvalidOperation):
        return None


def name_of(raw: Mapping[str, Any]) -> str:
    return f"{text(raw, 'firstname')} {text(raw, 'lastname')}".strip()


def told(raw: Mapping[str, Any], company: Mapping[str, Any], field: str) -> str:
    """A property of the contact, or as `company.x` of its company."""
    if field.startswith(COMPANY):
        return text(company, field.removeprefix(COMPANY))
    return text(raw, field)


def text(raw: Mapping[str, Any], field: str) -> str:
    return str(raw["properties"].get(field) or "").strip() if raw and field else ""

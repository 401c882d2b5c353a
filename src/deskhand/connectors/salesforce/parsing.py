"""Salesforce's records as our values: what we rely on must be there, what is null is empty."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from deskhand.connectors.salesforce import SYSTEM
from deskhand.connectors.salesforce.fields import Fields
from deskhand.domain.customer import Customer
from deskhand.domain.errors import Invalid
from deskhand.domain.money import Money
from deskhand.domain.phone import e164
from deskhand.domain.profile import Deal, Profile
from deskhand.domain.ref import Ref

T = TypeVar("T")


def parsed(parse: Callable[..., T], *given: Any) -> T:
    """`Invalid` for a record that lacks what we rely on: better no answer than a wrong one."""
    try:
        return parse(*given)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Invalid(f"salesforce: a {parse.__name__} cannot be read: {type(error).__name__}") from error


def customer(raw: Mapping[str, Any], fields: Fields) -> Customer:
    phones = (e164(text(raw, name)) for name in ("Phone", "MobilePhone"))
    return Customer(
        ref=Ref(SYSTEM, "contact", raw["Id"]),
        name=text(raw, "Name"),
        email=text(raw, "Email"),
        tier=text(raw, fields.tier).lower(),
        flagged=at(raw, fields.flagged) is True,
        since=datetime.fromisoformat(raw["CreatedDate"]),
        phones=tuple(dict.fromkeys(filter(None, phones))),
        ids={name: value for name, field in fields.ids.items() if (value := text(raw, field))},
    )


def profile(raw: Mapping[str, Any], deals: tuple[Deal, ...], fields: Fields) -> Profile:
    account = raw["AccountId"]
    return Profile(
        contact=Ref(SYSTEM, "contact", raw["Id"]),
        name=text(raw, "Name"),
        account=Ref(SYSTEM, "account", account) if account else None,
        account_name=text(raw, "Account.Name"),
        tier=text(raw, fields.tier).lower(),
        owner=text(raw, "Owner.Name"),
        subscription=text(raw, fields.subscription).lower(),
        health=text(raw, fields.health).lower(),
        deals=deals,
        email=text(raw, "Email"),
        fields={name: text(raw, field) for name, field in fields.writable.items()},
    )


def deal(raw: Mapping[str, Any], fields: Fields) -> Deal:
    closes = raw.get("CloseDate")
    return Deal(
        ref=Ref(SYSTEM, "deal", raw["Id"]),
        name=text(raw, "Name"),
        stage=text(raw, "StageName"),
        amount=money(raw.get("Amount"), fields.currency or text(raw, "CurrencyIsoCode")),
        closes=date.fromisoformat(closes) if closes else None,
    )


def account_of(raw: Mapping[str, Any]) -> str:
    """Its id; empty when the contact has none."""
    return str(raw["AccountId"] or "")


def owner_of(raw: Mapping[str, Any]) -> str:
    return str(raw["OwnerId"])


def id_of(raw: Mapping[str, Any]) -> str:
    return str(raw["Id"] if "Id" in raw else raw["id"])


def money(amount: object, currency: str) -> Money | None:
    """None when there is none, or it cannot be told exactly: a made-up amount is worse."""
    try:
        return Money.parse(f"{Decimal(str(amount)).normalize():f} {currency}") if amount is not None else None
    except (ValueError, InvalidOperation):
        return None


def at(raw: Mapping[str, Any], field: str) -> Any:
    """`Account.Name` stands in the record under `Account`; None for what is not named, or empty there."""
    value: Any = raw if field else None
    for part in field.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def text(raw: Mapping[str, Any], field: str) -> str:
    match at(raw, field):
        case None:
            return ""
        case bool() as value:
            return "yes" if value else "no"
        case value:
            return str(value).strip()

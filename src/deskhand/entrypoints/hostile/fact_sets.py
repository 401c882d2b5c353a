"""Hostile sets of facts for every action: at and around every boundary, misspelt, in other zones, or missing."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from deskhand.domain.money import Money

MICRO, SECOND, HOUR, DAY = timedelta(microseconds=1), timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
CURRENCIES = ("USD", "EUR", "JPY", "KWD", "GBP")  # the company has limits in the first two
ODD_CURRENCIES = (*CURRENCIES, "XAU", "usd", "")
OWN, OTHER = "stripe:customer:cus_1", "stripe:customer:cus_2"
# Three of these moments lie less than 30 days after a change of clocks, which a wall does not show.
NOWS = (
    datetime(2026, 11, 24, 12, tzinfo=UTC),
    datetime(2026, 11, 1, 6, 30, tzinfo=UTC),
    datetime(2026, 3, 29, 1, 0, 0, 1, tzinfo=UTC),
    datetime(2027, 1, 1, tzinfo=UTC),
    datetime(2028, 2, 29, 23, 59, 59, 999999, tzinfo=UTC),
)
ZONES: tuple[tzinfo, ...] = (
    UTC,
    timezone(timedelta(hours=14)),
    timezone(-timedelta(hours=12)),
    timezone(timedelta(hours=5, minutes=45, seconds=1)),
    ZoneInfo("America/New_York"),
    ZoneInfo("Europe/Berlin"),
    ZoneInfo("Australia/Lord_Howe"),  # its clocks change by half an hour
)
AGES = (DAY, 30 * DAY - MICRO, 30 * DAY, 30 * DAY + MICRO, 30 * DAY - HOUR, 30 * DAY + HOUR, 31 * DAY, -DAY, 900 * DAY)
GAPS = (timedelta(0), 5 * HOUR, 72 * HOUR - MICRO, 72 * HOUR, 72 * HOUR + MICRO, 73 * HOUR, -HOUR)
LEFT_OF_TRIAL = (MICRO, -MICRO, timedelta(0), SECOND, 5 * DAY, HOUR, -HOUR)
EDGES = {"USD": (1000, 5000, 10000, 50000), "EUR": (900, 4500, 9000, 45000)}
MONTHS = {"USD": (2000, 10000), "EUR": (1800, 9000)}
ROLES = ("team_lead", "account_manager", "agent", "Team_lead", "team_lead ", "admin", "")
Words = tuple[Any, ...]
Choices = Mapping[str, tuple[Words, Words]]  # what a harmless case has, and what a strange one has
YES: tuple[Words, Words] = (True,), (False,)
NO: tuple[Words, Words] = (False,), (True,)
TIMES: tuple[Words, Words] = (0, 0, 0, 1), (2, 3, 4)
STATUSES = ("active", "trialing", "past_due", "canceled", "other", "Active", "active ", "")
COUNTRIES: tuple[Words, Words] = ("DE", "US"), ("de", "")

COMMON: Choices = {
    "stage": (("autonomous", "assisted"), ("read-only", "autonomus", "Autonomous", "")),
    "channel": (("email", "chat"), ("", "EMAIL")),
    "actor": (("assistant", "assistant", "agent"), ("Assistant", "asistant", "Agent", "")),
    "ticket.owner": (("assistant",), ("ana", "Assistant", "assistant ", "")),
    "ticket.customer": ((OWN,), (OTHER, OWN.upper(), OWN + " ", "")),
    "ticket.verified": YES,
    "customer.known": YES,
    "customer.tier": ((*(6 * ("standard",)), "enterprise", "vip"), ("enterprise", "Enterprise", "enterprise ", "")),
    "customer.flagged": NO,
    "identity.attested": YES,
    "identity.proven": YES,
    "takeover.signals": (([],), (["wrong_codes"], ["several_customers"], ["contact_changed"], ["foreign_code"], [""])),
    "office.open": YES,
    "office.holiday": NO,
}
DEED: Choices = {
    "history.times_day": TIMES,
    "history.times_month": TIMES,
    "action.confirmed": ((True, True, True, False), (False,)),
    "action.own": YES,
}
SUBSCRIPTION: Choices = {
    "subscription.customer": ((OWN,), (OTHER,)),
    "subscription.status": (("active",), STATUSES),
    "subscription.ends": NO,
    "subscription.paused": NO,
}
TAGS: Choices = {
    "tags.names": (
        (["billing"], ["bug", "outage"], ["feature_request"], []),
        (["vip"], ["billing", "Bug"], [""], ["outage", "urgent", "bug"], ["billing "]),
    ),
    "tags.there": (([],), (["vip"],)),
}
RISKS = ("legal", "safety", "self_harm", "fraud", "privacy", "press")
OF: Mapping[str, Choices] = {
    "refund_charge": {
        "charge.customer": ((OWN,), (OTHER,)),
        "charge.status": (("succeeded",), ("pending", "failed", "other", "Succeeded", "")),
        "charge.disputed": NO,
    },
    "credit_customer": {"account.customer": ((OWN,), (OTHER,))},
    "take_back_credit": {"account.customer": ((OWN,), (OTHER,))},
    "send_invoice": {
        "invoice.customer": ((OWN,), (OTHER,)),
        "invoice.status": (("open", "paid"), ("draft", "void", "uncollectible", "other", "Paid", "")),
    },
    "cancel_subscription": SUBSCRIPTION,
    "keep_subscription": {**SUBSCRIPTION, "subscription.ends": YES},
    "pause_subscription": {**SUBSCRIPTION, "pause.days": ((1, 30, 92), (0, -1, 91, 93, 365, 10**9))},
    "resume_subscription": {**SUBSCRIPTION, "subscription.paused": YES},
    "change_plan": {
        **SUBSCRIPTION,
        "plan.new": YES,
        "plan.currency": (("USD",), CURRENCIES),
        "subscription.currency": (("USD",), ODD_CURRENCIES),
        "plan.interval": (("month",), ("year", "week", "Month", "")),
        "subscription.interval": (("month",), ("year", "week", "")),
    },
    "extend_trial": {
        **SUBSCRIPTION,
        "subscription.status": (("trialing",), STATUSES),
        "trial.days": ((1, 7, 14), (0, -1, 13, 15, 365)),
    },
    "update_contact": {
        "contact.field": (("phone", "name"), ("email", "")),
        "contact.filled": YES,
        "contact.new": YES,
    },
    "update_address": {"address.country": COUNTRIES, "address.moves": NO, "address.new": YES},
    "change_email": {"contact.customer": ((OWN,), (OTHER,)), "contact.same": NO},
    "create_ticket": {"new.length": ((100,), (0, -1, 10**9))},
    "update_ticket": {
        "update.field": (("priority",), ("status", "group", "Priority", "")),
        "update.wanted": (("low", "high"), ("urgent", "urgent ", "Urgent", "solved", "")),
        "update.before": (("normal",), ("urgent", "")),
    },
    "tag_ticket": TAGS,
    "untag_ticket": TAGS,
    "merge_tickets": {
        "merge.system": (("zendesk",), ("", "Zendesk")),
        "merge.messages": ((1, 1, 5), (6, 0, -1, 10**9)),
    },
    "send_email": {"letter.length": ((100,), (0, -1, 10**9))},
    "contact_customer": {
        "contact.family": (("failed-payment",), ("",)),
        "contact.event": (("payment_failed",), ("incident", "")),
        "contact.channel": (("ticket", "email"), ("sms", "")),
        "contact.service": ((True, True, False), (False,)),
        "contact.consent": ((True, True, False), (False,)),
        "contact.length": ((100,), (0, -1, 10**9)),
        "history.times_month": ((0, 1, 3), (4, 5, 100)),
    },
    "send_password_reset": {
        "account.status": (("active",), ("closed", "Active", "")),
        "account.sso": NO,
        "history.times_day": ((0, 1, 2), (3, 4, 100)),
    },
    "close_account": {"account.status": (("active",), ("closed", "active ", "")), "account.closing": NO},
    "notify_team": {},
    "turn": {
        "talk.turns": ((1, 2, 3, 11), (0, 12, 13, 10**6)),
        "talk.failed": ((0, 1), (2, 3)),
        "talk.requests": ((1, 2, 4), (0, 1, 5, 9)),
        "talk.repeats": ((0, 1), (2, 3)),
        "talk.questions": ((0, 3), (4, 5)),
        "talk.contacts": ((1, 3), (4, 5, 6, 10**6)),
        "talk.customers": ((0, 1), (2, 3, 9)),
        "talk.has_deadline": ((False, True), (True,)),
        "talk.time_left": (
            (timedelta(days=1), timedelta(minutes=30) + MICRO),
            (timedelta(minutes=30), timedelta(minutes=30) - MICRO, timedelta(0), timedelta(days=-1)),
        ),
        "signal.wants_human": NO,
        "signal.sentiment": (("calm", "frustrated", "angry"), ("angry", "Angry", "")),
        "signal.urgency": (("normal",), ("urgent",)),
        "signal.language": (("en",), ("und", "")),
        "signal.risks": (([],), (*([one] for one in RISKS), [*RISKS], ["Legal"], ["other", "press"])),
        "signal.automatic": NO,
        "signal.churn_risk": ((False, False, True), (True,)),
        "signal.repeated": ((False, True), (True,)),
        "signal.rising": ((False, False, True), (True,)),
        "predicted.percent": ((5, 89), (90, 91, 100, 10**6)),
        "predicted.learned": ((False, True), (True,)),
        "signal.confidence": ((20, 21, 50, 100), (19, 18, 0, -1)),
    },
}
NAMES = (*OF, "refund_charge", "refund_charge", "credit_customer")  # money is asked for more often
TROUBLES = (0, 1, 2, 3, 6)  # how many facts are strange
OFTEN = (38, 36, 15, 7, 4)


@dataclass(frozen=True)
class Asked:
    """One question to a policy, all of it."""

    action: str
    facts: Mapping[str, Any]
    currency: str | None
    approved: tuple[str, ...]
    own: str


def asked(dice: random.Random, action: str | None = None) -> Asked:
    """The next question, of this action or of any."""
    name = action or dice.choice(NAMES)
    choices = {**COMMON, **(DEED if name != "turn" else {}), **OF[name]}
    now = dice.choice(NOWS)
    facts: dict[str, Any] = {fact: dice.choice(harmless) for fact, (harmless, _) in choices.items()}
    facts["now"] = _somewhere(dice, now)
    currency = _MONEY[name](dice, facts, now) if name in _MONEY else None
    if dice.random() < 0.1:
        _nobody_matched(dice, facts)
    _trouble(dice, facts, choices, OF[name])
    people = tuple(dice.choice(ROLES) for _ in range(dice.choice((0, 0, 0, 1, 2, 3))))
    clicked = dice.choice(ROLES) if dice.random() < 0.25 else ""
    return Asked(
        name, facts, currency if dice.random() < 0.98 else dice.choice((*ODD_CURRENCIES, None)), people, clicked
    )


def _trouble(dice: random.Random, facts: dict[str, Any], choices: Choices, own: Choices) -> None:
    """A few facts become strange or unknown; half of them are the action's own."""
    for _ in range(dice.choices(TROUBLES, OFTEN)[0]):
        fact = dice.choice(list(own) if own and dice.random() < 0.5 else list(facts) or ["now"])
        if dice.random() < 0.3:
            facts.pop(fact, None)
        elif fact in choices:
            facts[fact] = dice.choice(choices[fact][1])


def _nobody_matched(dice: random.Random, facts: dict[str, Any]) -> None:
    """Then nothing is known of the customer; or something is said all the same, against all sense."""
    facts["customer.known"] = False
    for fact, odd in (("customer.tier", "enterprise"), ("customer.flagged", True)):
        if dice.random() < 0.5:
            del facts[fact]
        elif dice.random() < 0.7:
            facts[fact] = odd


def _refund(dice: random.Random, facts: dict[str, Any], now: datetime) -> str:
    currency, asked = _sum(dice)
    more, back = dice.choice((0, 0, 0, 0, 0, 0, 1, -1, 100)), dice.choice((0, 0, 0, 0, 0, 0, 1, 500))
    facts["refund.amount"], facts["refund.currency"] = Money(asked, currency), currency
    facts["charge.amount"], facts["charge.refunded"] = _near(dice, asked + more, currency), _near(dice, back, currency)
    facts["charge.credited"] = _near(dice, dice.choice((0, 0, 0, 0, 0, 0, 1, 500)), currency)
    facts["charge.currency"] = currency if dice.random() < 0.95 else dice.choice(ODD_CURRENCIES)
    facts["charge.created_at"] = _somewhere(dice, now - dice.choice((*AGES, *(9 * (DAY,)))))
    facts["charge.duplicate_gap"] = dice.choice((*GAPS, *(9 * (HOUR,))))
    _history(dice, facts, asked, currency)
    return currency


def _credit(dice: random.Random, facts: dict[str, Any], now: datetime) -> str:
    currency, asked = _sum(dice)
    facts["credit.amount"], facts["credit.currency"] = Money(asked, currency), currency
    facts["account.credit"] = _near(dice, 500, currency)
    facts["account.currency"] = currency if dice.random() < 0.95 else dice.choice(ODD_CURRENCIES)
    _history(dice, facts, asked, currency)
    return currency


def _plan(dice: random.Random, facts: dict[str, Any], now: datetime) -> str:
    facts["plan.price"], facts["subscription.price"] = _near(dice, 4900, "USD"), _near(dice, 2900, "USD")
    return "USD"


def _trial(dice: random.Random, facts: dict[str, Any], now: datetime) -> str:
    facts["trial.ends_at"] = _somewhere(dice, now + dice.choice(LEFT_OF_TRIAL))
    return "USD"


_MONEY = {
    "refund_charge": _refund,
    "credit_customer": _credit,
    "change_plan": _plan,
    "extend_trial": _trial,
}


def _sum(dice: random.Random) -> tuple[str, int]:
    currency = dice.choice(("USD", "USD", "EUR", "EUR", "EUR", *CURRENCIES))
    edge = dice.choice((*EDGES.get(currency, ()), *EDGES["USD"], *EDGES["EUR"], 0, 10**15))
    return currency, edge + dice.choice((-1, 0, 1)) if dice.random() < 0.6 else dice.choice((100, 2900))


def _history(dice: random.Random, facts: dict[str, Any], asked: int, currency: str) -> None:
    """What was given so far: nothing, or just so much that one limit of a month is met, missed or passed."""
    before = dice.choice(MONTHS.get(currency, MONTHS["USD"])) - asked + dice.choice((-1, 0, 1))
    for span in ("alone_day", "alone_month", "total_day", "total_month", "desk_day", "desk_month"):
        facts[f"history.{span}"] = _near(dice, dice.choice((0, max(0, before))), currency)


def _near(dice: random.Random, minor: int, currency: str) -> Money:
    return Money(minor, currency if dice.random() < 0.98 else dice.choice(CURRENCIES))


def _somewhere(dice: random.Random, at: datetime) -> datetime:
    """The same moment, on a clock of some zone."""
    return at.astimezone(dice.choice(ZONES))

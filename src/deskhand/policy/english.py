"""Conditions in plain English, where they are simple; the others are quoted as they are written."""

import re
from datetime import timedelta

from deskhand.policy.policy import Chapter, Condition

OPERATORS = {
    "==": "is",
    "!=": "is not",
    "<=": "is at most",
    ">=": "is at least",
    "<": "is less than",
    ">": "is more than",
}
COMPARED = re.compile(r"(.+?)\s*(==|!=|<=|>=|<|>)\s*(.+)")
LISTED = re.compile(r"(\S+)\s+in\s+\[(.*)\]")
LATELY = re.compile(r"now - ([\w.]+) <= (within\.\w+)")
NAME = re.compile(r"[a-z_][a-z0-9_]*(?:\.[a-z0-9_]+)*")
NOUNS = {
    "actor": "whoever asks for it",
    "charge.created_at": "the time of the payment",
    "charge.credited": "what credit notes gave of it otherwise",
    "charge.duplicate_gap": "the time since the payment that this one repeats",
    "charge.refunded": "what was given back of it already",
    "charge.customer": "whose payment it is",
    "account.currency": "the currency of their invoices",
    "contact.field": "what is changed",
    "pause.days": "the number of days",
    "plan.interval": "what the other plan is paid for",
    "subscription.interval": "what the subscription is paid for",
    "trial.days": "the number of days",
    "trial.ends_at": "the end of the trial",
    "merge.messages": "the number of the customer's messages on the ticket that is to be closed",
    "merge.system": "the help desk of both tickets",
    "update.field": "what is changed",
    "update.wanted": "what it is to be",
    "history.alone_day": "what this customer got within a day without a person",
    "history.alone_month": "what this customer got within 30 days without a person",
    "history.desk_day": "what all customers got within a day without a person",
    "history.desk_month": "what all customers got within 30 days without a person",
    "history.times_day": "how often this was done for this customer within a day",
    "history.times_month": "how often this was done for this customer within 30 days",
    "history.total_day": "all that this customer got within a day",
    "history.total_month": "all that this customer got within 30 days",
    "invoice.customer": "whose invoice it is",
    "order.customer": "whose order it is",
    "subscription.customer": "whose subscription it is",
    "ticket.customer": "the one who writes",
    "ticket.owner": "the one who has the ticket",
    "signal.risks": "the risks that the message seems to speak of",
    "predicted.percent": "how likely the ticket is to end with a person, in percent",
    "signal.confidence": "how sure it is what the least clear request is about, in percent",
    "talk.contacts": "the number of the customer's tickets within 30 days",
    "talk.customers": "the number of customers that the writer may be",
    "talk.failed": "the number of actions on this ticket that came to nothing",
    "talk.questions": "the number of our last replies in a row that only asked",
    "talk.repeats": "how often the same was said again",
    "talk.requests": "the number of things that the message asks for",
    "talk.time_left": "the time left until the promised answer",
    "talk.turns": "the number of the customer's messages",
}
SAID = {  # facts that are yes or no, in a sentence: when it is so, and when it is not
    "action.own": ("it is the customer's own", "it is not the customer's own"),
    "action.confirmed": ("the customer said yes to exactly this", "the customer has not said yes to exactly this"),
    "address.moves": ("the new address is in another country", "the new address is in the same country"),
    "address.new": ("the address is another one than now", "the address is the one we have"),
    "contact.filled": ("there is a value now", "there is no value now"),
    "contact.new": ("the value is another one than now", "the value is the one we have"),
    "plan.new": ("it is another plan than now", "it is the plan they have"),
    "charge.disputed": ("the payment is disputed", "the payment is not disputed"),
    "customer.flagged": ("the customer is flagged", "the customer is not flagged"),
    "customer.known": ("the customer is known", "the customer is not known"),
    "office.holiday": ("it is a holiday", "it is no holiday"),
    "office.open": ("the office is open", "the office is closed"),
    "predicted.learned": ("a trained model predicts", "no trained model predicts"),
    "signal.automatic": ("a machine seems to write", "no machine seems to write"),
    "signal.churn_risk": ("the customer seems about to leave", "the customer does not seem about to leave"),
    "signal.repeated": ("it seems to be asked again", "it seems to be asked for the first time"),
    "signal.rising": ("the customer seems ever more upset", "the customer does not seem more upset than before"),
    "signal.wants_human": ("the customer seems to want a person", "the customer does not seem to want a person"),
    "talk.has_deadline": ("an answer is promised by a certain time", "no answer is promised by a certain time"),
    "subscription.paused": ("the subscription is paused", "the subscription is not paused"),
    "subscription.ends": ("the subscription is set to end", "the subscription is not set to end"),
    "ticket.verified": ("it is proven who writes", "it is not proven who writes"),
}


def in_english(condition: Condition, chapter: Chapter) -> str:
    """Half a sentence: "the refund's amount is at most the limit `alone` (50.00 USD, 45.00 EUR)"."""
    source = " ".join(condition.expression.source.split())
    return _any(source, chapter) or f"`{source}`"


def length_in_words(length: timedelta) -> str:
    for unit, seconds in (("day", 86400), ("hour", 3600), ("minute", 60)):
        number, rest = divmod(int(length.total_seconds()), seconds)
        if not rest and number:
            return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
    return f"{length.total_seconds():g} seconds"


def _any(source: str, chapter: Chapter) -> str:
    """Nothing where any part of it cannot be put in words: half a translation would mislead."""
    bare = re.sub(r'"[^"]*"', '""', source)
    if "(" in bare or "'" in bare or "?" in bare or ("||" in bare and "&&" in bare):
        return ""
    for sign, word in (("||", " or "), ("&&", " and ")):
        if sign in bare and sign in source:
            parts = [_one(part.strip(), chapter) for part in source.split(sign)]
            return word.join(parts) if all(parts) else ""
    return _one(source, chapter)


def _one(source: str, chapter: Chapter) -> str:
    if NAME.fullmatch(source) and chapter.language.types.get(source) is bool:
        return SAID[source][0] if source in SAID else f"{_fact(source)} is yes"
    bare = source.removeprefix("!").strip()
    if source.startswith("!") and chapter.language.types.get(bare) is bool:
        return SAID[bare][1] if bare in SAID else f"{_fact(bare)} is no"
    if (lately := LATELY.fullmatch(source)) and lately[2].removeprefix("within.") in chapter.windows:
        return f"{_fact(lately[1])} is at most {length_in_words(chapter.windows[lately[2][7:]])} ago"
    if listed := LISTED.fullmatch(source):
        words = [_operand(part.strip(), chapter) for part in listed[2].split(",")]
        left = _operand(listed[1], chapter)
        return f"{left} is one of {', '.join(words)}" if left and words and all(words) else ""
    if compared := COMPARED.fullmatch(source):
        left, right = _operand(compared[1], chapter), _operand(compared[3], chapter)
        return f"{left} {OPERATORS[compared[2]]} {right}" if left and right else ""
    return ""


def _operand(text: str, chapter: Chapter) -> str:
    for sign, word in ((" + ", " plus "), (" - ", " less ")):
        if sign in text and '"' not in text:
            parts = [_operand(part, chapter) for part in text.split(sign)]
            return word.join(parts) if all(parts) else ""
    if re.fullmatch(r'"[^"]*"|-?[0-9]+', text):
        return text.replace('"', "“", 1).replace('"', "”", 1)
    group, _, name = text.partition(".")
    if group == "limit" and name in chapter.limits:
        amounts = ", ".join(str(amount) for amount in chapter.limits[name].values())
        return f"the limit `{name}` ({amounts})"
    if group == "within" and name in chapter.windows:
        return length_in_words(chapter.windows[name])
    return _fact(text) if text in chapter.language.types else ""


def _fact(name: str) -> str:
    if name in NOUNS:
        return NOUNS[name]
    group, _, own = name.rpartition(".")
    words = own.replace("_", " ")
    return f"the {group.replace('_', ' ').replace('.', ' ')}'s {words}" if group else f"the {words}"

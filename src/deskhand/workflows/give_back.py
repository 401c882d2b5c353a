"""Puts back what was masked for the brain: in what people will read, and in what systems are asked."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from deskhand.context.lookups.catalogue import LookUp
from deskhand.domain.resolution import GiveUp, Plan, Resolution
from deskhand.domain.understanding import Understanding
from deskhand.understanding.redact import unmask

Value = TypeVar("Value", str, str | int)


def give_back(made: Plan, values: Mapping[str, str]) -> Plan:
    """A reviewed plan as people read it."""
    match made:
        case Resolution():
            return replace(made, reply=unmask(made.reply, values), asks=unmask(made.asks, values))
        case GiveUp():
            return replace(made, because=unmask(made.because, values), says=unmask(made.says, values))


def for_people(understanding: Understanding, values: Mapping[str, str]) -> Understanding:
    """With quotes as the customer wrote them, but for what is never kept."""
    requests = tuple(replace(one, quote=unmask(one.quote, values)) for one in understanding.requests)
    risks = tuple(replace(one, quote=unmask(one.quote, values)) for one in understanding.risks)
    signals = tuple(replace(one, quote=unmask(one.quote, values)) for one in understanding.signals)
    return replace(understanding, requests=requests, risks=risks, signals=signals)


def asking_plainly(look_up: LookUp, values: Mapping[str, str]) -> LookUp:
    """A look-up for what the customer named, by the place that stands for it."""
    return lambda name, arguments: look_up(name, plain_words(arguments, values))


def plain_words(arguments: Mapping[str, Value], values: Mapping[str, str]) -> dict[str, Value]:
    """Arguments with what the customer named."""
    return {name: _plain(value, values) for name, value in arguments.items()}


def _plain(value: Value, values: Mapping[str, str]) -> Value:
    return unmask(value, values) if isinstance(value, str) else value

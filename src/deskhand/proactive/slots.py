"""Places in a message that facts fill: {{ charge.amount }}."""

import re
from collections.abc import Callable, Mapping

from deskhand.domain.finding import Value

PLACE = re.compile(r"\{\{([^{}]*+)\}\}")


def places(text: str) -> list[str]:
    """The names in it, in order."""
    return [name.strip() for name in PLACE.findall(text)]


def filled(text: str, facts: Mapping[str, Value], speak: Callable[[Value], str]) -> str | None:
    """The text with every fact as `speak` says it; None when one is not known: half a message is none."""
    if not set(places(text)) <= set(facts):
        return None
    return PLACE.sub(lambda place: speak(facts[place[1].strip()]), text)

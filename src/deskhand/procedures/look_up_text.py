"""One look-up as it is written, such as billing.charges(days = 60), held to what the desk offers."""

import re
from collections.abc import Collection, Mapping

from deskhand.domain.finding import LookupSpec
from deskhand.domain.lined_yaml import Text
from deskhand.procedures.procedure import LookUp
from deskhand.procedures.shaped import Complain

CALL = re.compile(r"\s*(\w+(?:\.\w+)+)\s*\((.*)\)\s*", re.DOTALL)
ARGUMENT = re.compile(
    r"\s*(?P<name>\w+)\s*=\s*(?:(?P<number>[0-9]+)|\"(?P<text>[^\"]*)\"|(?P<slot>slot\.\w+))\s*(?:,|$)"
)
LONGEST = 1_000  # letters of one look-up
MOST = 99_999  # days before today, or rows: more is a slip of the keyboard, and beyond every calendar


def look_up(
    name: str, call: Text, specs: Mapping[str, LookupSpec], slots: Collection[str], complain: Complain
) -> LookUp | None:
    """None when it cannot be told what is called; whatever is wrong with it goes to `complain`."""
    match = CALL.fullmatch(call) if len(call) <= LONGEST else None
    if not match:
        complain(call.line, f"{name}: a look-up is written like billing.charges(days = 60)")
        return None
    spec = specs.get(match[1])
    if not spec:
        complain(call.line, f"{name}: unknown look-up {match[1]!r}; there are {', '.join(sorted(specs))}")
        return None
    arguments: dict[str, str | int] = {}
    for given in _given(match[2], call, complain):
        if what := _unfit(given, spec, slots, arguments):
            complain(call.line, f"{spec.name}: {what}")
        else:
            number, text, slot = given.group("number", "text", "slot")
            arguments[given["name"]] = int(number) if number else slot if text is None else text
    named = {given["name"] for given in ARGUMENT.finditer(match[2])}
    if missing := sorted(set(spec.arguments) - named):
        complain(call.line, f"{spec.name}: needs {', '.join(missing)}")
    return LookUp(name, spec.name, arguments, call.line)


def _given(text: str, call: Text, complain: Complain) -> list[re.Match[str]]:
    found, place = [], 0
    while text[place:].strip():
        given = ARGUMENT.match(text, place)
        if not given:
            rest = text[place:].strip()
            complain(call.line, f'{rest!r} is no argument: they are written days = 60, x = "text" or x = slot.name')
            break
        found.append(given)
        place = given.end()
    return found


def _unfit(given: re.Match[str], spec: LookupSpec, slots: Collection[str], before: Collection[str]) -> str:
    name, number, text, slot = given.group("name", "number", "text", "slot")
    if name not in spec.arguments:
        return f"unknown argument {name!r}"
    if name in before:
        return f"{name} is given twice"
    if (spec.arguments[name] is int) != (number is not None):
        return f"{name} is to be {'a whole number' if spec.arguments[name] is int else 'a text or a slot'}"
    if number and (len(number) > len(str(MOST)) or int(number) > MOST):
        return f"{name} is more than {MOST}"
    if slot and slot not in slots:
        return f"unknown name {slot!r}"
    # A step walks by what stands here: a text of this form would be taken for a reference.
    return f"{name} is a text that reads like a slot" if text and text.startswith("slot.") else ""

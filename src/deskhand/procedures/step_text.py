"""One step as it is written, held to the names, actions, articles and queues that its procedure may use."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from deskhand.domain.expression import Expression, Faulty, Language
from deskhand.domain.lined_yaml import Map, Text
from deskhand.domain.money import Money
from deskhand.domain.resolution import End
from deskhand.procedures.known import Known
from deskhand.procedures.procedure import ActionShape, HandOff, Step
from deskhand.procedures.shaped import Complain, texts
from deskhand.procedures.spoken import KINDS
from deskhand.procedures.template import Template

QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'")


@dataclass(frozen=True)
class Scope:
    """What the steps of one procedure may speak of; `rows`: the columns of each look-up, by its name."""

    language: Language
    rows: Mapping[str, Mapping[str, type]]
    may_propose: Collection[str]
    known: Known


def step(raw: Map, scope: Scope, complain: Complain) -> Step:
    """`raw` has the right shape; whatever else is wrong with it goes to `complain`."""
    _check_keys(raw, complain)
    for_each, propose = raw.get("for_each", ""), raw.get("propose", "")
    if for_each and not scope.rows.get(for_each):
        complain(for_each.line, f"for_each: {str(for_each)!r} is no look-up with rows")
    each = {f"each.{column}": kind for column, kind in scope.rows.get(for_each, {}).items()}
    types = scope.language.types | each
    shape = _action(propose, scope, complain) if propose else None
    return Step(
        line=raw.line,
        when=conditions(texts(raw.get("when", ())), "when", scope.language, complain),
        cite=_articles(texts(raw.get("cite", ())), scope, complain),
        for_each=str(for_each),
        propose=str(propose),
        arguments=_arguments(raw, shape, types, complain) if shape else {},
        say=_template(raw["say"], types, scope, shape, complain) if "say" in raw else None,
        hand_off=_hand_off(raw["hand_off"], scope, complain) if "hand_off" in raw else None,
        end=End(raw["end"]) if "end" in raw else None,
    )


def conditions(sources: list[Text], key: str, language: Language, complain: Complain) -> tuple[Expression, ...]:
    """Those that compile."""
    found = []
    for source in sources:
        try:
            found.append(language.compile(str(source)))
        except Faulty as fault:
            complain(source.line, f"{key}: {fault}")
    return tuple(found)


def _check_keys(raw: Map, complain: Complain) -> None:
    if not {"say", "cite", "propose", "hand_off", "end"} & set(raw):
        complain(raw.line, "a step does something: say, cite, propose, hand_off or end")
    for key in ("for_each", "with"):
        if key in raw and "propose" not in raw:
            complain(raw[key].line, f"`{key}` goes with `propose`")
    for key in ("propose", "end"):
        if key in raw and "hand_off" in raw:
            complain(raw[key].line, f"`{key}` does not go with `hand_off`: people take over and nothing is done before")


def _action(propose: Text, scope: Scope, complain: Complain) -> ActionShape | None:
    if propose not in scope.known.actions:
        complain(propose.line, f"unknown action {str(propose)!r}")
    elif propose not in scope.may_propose:
        complain(propose.line, f"{propose} is not named in `may_propose`")
    return scope.known.actions.get(propose)


def _articles(sources: list[Text], scope: Scope, complain: Complain) -> tuple[str, ...]:
    for source in sources:
        if source not in scope.known.articles:
            complain(source.line, f"there is no article {str(source)!r}")
    return tuple(str(source) for source in sources)


def _arguments(raw: Map, shape: ActionShape, types: Mapping[str, type], complain: Complain) -> dict[str, str]:
    given: Map = raw.get("with", Map())
    for name in given:
        if name not in shape.arguments:
            complain(getattr(name, "line", raw.line), f"{shape.name} has no argument {str(name)!r}")
    for name in shape.arguments:
        if name not in given:
            complain(raw["propose"].line, f"{shape.name} needs the argument {name}")
    known = {str(name): value for name, value in given.items() if name in shape.arguments}
    return {name: _argument(name, value, shape.arguments[name], types, complain) for name, value in known.items()}


def _argument(name: str, value: Text, wanted: type, types: Mapping[str, type], complain: Complain) -> str:
    if quoted := QUOTED.fullmatch(value):
        text = quoted[1] or quoted[2] or ""
        try:
            return f'"{Money.parse(text)}"' if wanted is Money else str(value)
        except ValueError as error:
            complain(value.line, f"{name}: {error}")
    elif value not in types:
        complain(value.line, f"{name}: unknown name {str(value)!r} (a text needs quotes of its own)")
    elif types[value] is not wanted:
        complain(value.line, f"{name}: {str(value)!r} is {KINDS[types[value]]}, not {KINDS[wanted]}")
    return str(value)


def _template(
    text: Text, types: Mapping[str, type], scope: Scope, shape: ActionShape | None, complain: Complain
) -> Template | None:
    try:
        template = Template.parse(str(text).strip(), text.line)
    except ValueError as error:
        complain(text.line, f"say: {error}")
        return None
    tables = {name for name, columns in scope.rows.items() if columns}
    for what in template.faults(types, tables, shape.receipt if shape else ()):
        complain(text.line, f"say: {what}")
    return template


def _hand_off(raw: Map, scope: Scope, complain: Complain) -> HandOff:
    queue = raw.get("to", "")
    if queue and queue not in scope.known.queues:
        complain(queue.line, f"hand_off: unknown queue {str(queue)!r}")
    return HandOff(str(queue), str(raw.get("because", "")))

"""One procedure as it is written: its names first, then what its conditions and steps make of them."""

from collections.abc import Iterator, Sequence
from typing import Any

from deskhand.domain.errors import Fault
from deskhand.domain.expression import Expression, Language
from deskhand.domain.lined_yaml import Items, Map, Text
from deskhand.procedures.flow import check_flow
from deskhand.procedures.keys import PROCEDURE
from deskhand.procedures.known import Known
from deskhand.procedures.names import ALWAYS, read_look_ups, read_slots, types_of
from deskhand.procedures.procedure import LookUp, Procedure, Slot, Step
from deskhand.procedures.shaped import Complain, shaped
from deskhand.procedures.step_text import Scope, conditions, step


def procedure(document: Map, file: str, digest: str, known: Known, complain: Complain) -> Procedure:
    """What is sound in the file; whatever is wrong with it goes to `complain`."""
    raw = shaped(document, PROCEDURE, "a procedure", complain)
    if "id" in raw and str(raw["id"]) != _stem(file):
        complain(raw["id"].line, f"the id {str(raw['id'])!r} is not the name of the file")
    slots = read_slots(raw.get("slots", Map()), complain)
    look_ups = read_look_ups(raw.get("look_up", Map()), known.look_ups, slots, complain)
    language = Language(types_of(slots, look_ups, known.look_ups))
    may_propose = tuple(map(str, raw.get("may_propose", ())))
    for action in raw.get("may_propose", ()):
        if action not in known.actions:
            complain(action.line, f"may_propose: unknown action {str(action)!r}")
    check_flow(_written(document.get("steps")), complain)
    scope = Scope(language, {one.name: known.look_ups[one.call].rows for one in look_ups}, may_propose, known)
    steps = tuple(step(one, scope, complain) for one in raw.get("steps", ()))
    return Procedure(
        id=str(raw.get("id", "")),
        title=str(raw.get("title", "")),
        about=str(raw.get("when", "")),
        examples=tuple(map(str, raw.get("examples", ()))),
        requires=_requires(raw.get("requires", []), language, complain),
        slots=slots,
        look_ups=look_ups,
        may_propose=may_propose,
        steps=steps,
        language=language,
        digest=digest,
        notes=tuple(_notes(raw.get("slots", Map()), file, slots, look_ups, steps)),
    )


def _stem(file: str) -> str:
    return file.rpartition("/")[2].removesuffix(".yaml").removesuffix(".yml")


def _written(steps: Any) -> list[Map]:
    return [each for each in steps if isinstance(each, Map)] if isinstance(steps, Items) else []


def _requires(sources: list[Text], language: Language, complain: Complain) -> tuple[Expression, ...]:
    """Asked before anything else is known of the ticket."""
    found = []
    for source in sources:
        for condition in conditions([source], "requires", language, complain):
            found.append(condition)
            for name in condition.names:
                if name not in ALWAYS:
                    complain(source.line, f"requires: {name} is not known yet; a step can ask for it")
    return tuple(found)


def _notes(
    table: Map, file: str, slots: Sequence[Slot], look_ups: Sequence[LookUp], steps: Sequence[Step]
) -> Iterator[Fault]:
    used = {name for step in steps for condition in step.when for name in condition.names}
    used |= {name for step in steps if step.say for name in step.say.names}
    used |= {text for step in steps for text in step.arguments.values()}
    used |= {text for one in look_ups for text in one.arguments.values() if isinstance(text, str)}
    for slot in slots:
        if f"slot.{slot.name}" not in used:
            line = next(name.line for name in table if name == slot.name and isinstance(name, Text))
            yield Fault(file, line, f"no step and no look-up uses the slot {slot.name}; it is asked for all the same")

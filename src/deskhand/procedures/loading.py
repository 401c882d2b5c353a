"""From the text of procedure files to procedures, or to every fault in them, each with its line."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from deskhand.domain.digest import digest
from deskhand.domain.errors import DeskFault, Fault
from deskhand.domain.expression import Expression, Faulty, Language
from deskhand.domain.finding import LookupSpec
from deskhand.domain.lined_yaml import Items, Map, Text, read
from deskhand.domain.resolution import End
from deskhand.procedures.keys import PROCEDURE, SLOT, STEP, Key, Shape
from deskhand.procedures.procedure import ActionShape, HandOff, LookUp, Procedure, Slot, SlotKind, Step
from deskhand.procedures.template import Template

ALWAYS: Mapping[str, type] = {
    "now": datetime,
    "customer.known": bool,
    "customer.verified": bool,
    "customer.name": str,
    "customer.email": str,
    "customer.tier": str,
    "customer.since": datetime,
}
CALL = re.compile(r"([a-z_]+\.[a-z_]+)\((.*)\)")
ARGUMENT = re.compile(r"\s*(\w+)\s*=\s*(?:(\d+)|\"([^\"]*)\"|(slot\.\w+))\s*")
LITERAL = re.compile(r"\"([^\"]*)\"|'([^']*)'")
NAME = re.compile(r"[a-z_]\w*")


@dataclass(frozen=True)
class Known:
    """What procedures may speak of on this desk."""

    look_ups: Mapping[str, LookupSpec]
    actions: Mapping[str, ActionShape]
    articles: Collection[str]
    queues: Collection[str]


def load_procedures(files: Mapping[str, str], known: Known) -> tuple[Procedure, ...]:
    """`files`: text by name ("procedures/refund-status.yaml"). `DeskFault` holds all faults of all files at once."""
    faults: list[Fault] = []
    found: list[Procedure] = []
    examples: dict[str, str] = {}
    for name in sorted(files):
        try:
            one = _File(read(files[name], name), name, known)
        except DeskFault as fault:
            faults += fault.faults
            continue
        procedure = one.procedure(files[name])
        for example in one.document.get("examples", []):
            other = examples.setdefault(" ".join(str(example).lower().split()), name)
            if other != name:
                one.fault(example, f"this example stands in {other} already")
        faults += one.faults
        if not one.faults:
            found.append(procedure)
    if faults:
        raise DeskFault(tuple(faults))
    return tuple(found)


@dataclass
class _File:
    document: Map
    name: str
    known: Known
    faults: list[Fault] = field(default_factory=list)

    def fault(self, at: Any, what: str) -> None:
        self.faults.append(Fault(self.name, at if isinstance(at, int) else getattr(at, "line", 1), what))

    def procedure(self, text: str) -> Procedure:
        self._shaped(self.document, PROCEDURE, "procedure")
        own = str(self.document.get("id", ""))
        if own != self.name.rsplit("/", 1)[-1].removesuffix(".yaml"):
            self.fault(self.document.get("id", 1), f"the id {own!r} is not the name of the file")
        if len(self._list("examples")) < 3:
            self.fault(self.document.get("examples", 1), "needs at least three examples")
        slots = self._slots()
        look_ups = self._look_ups({slot.name for slot in slots})
        language = Language(self._types(slots, look_ups))
        may_propose = tuple(str(one) for one in self._list("may_propose"))
        for action in self._list("may_propose"):
            if action not in self.known.actions:
                self.fault(action, f"unknown action {str(action)!r}")
        requires = tuple(self._conditions(self._list("requires"), language))
        steps = tuple(self._step(raw, language, look_ups, may_propose) for raw in self._steps())
        self._reach_an_end(steps)
        return Procedure(
            id=own,
            title=str(self.document.get("title", "")),
            about=str(self.document.get("when", "")),
            examples=tuple(str(one) for one in self._list("examples")),
            requires=requires,
            slots=slots,
            look_ups=look_ups,
            may_propose=may_propose,
            steps=steps,
            language=language,
            digest=digest(text),
        )

    def _shaped(self, raw: Map, keys: Mapping[str, Key], what: str) -> None:
        """Unknown and missing keys, and values of the wrong shape."""
        for name, value in raw.items():
            if name not in keys:
                self.fault(name, f"unknown key {str(name)!r} in a {what}")
            elif not _fits(value, keys[name].shape):
                self.fault(name, f"`{name}` is to be {keys[name].shape.value}")
        for name, key in keys.items():
            if key.needed and name not in raw:
                self.fault(raw, f"a {what} needs `{name}`")

    def _list(self, name: str) -> list[Text]:
        return _texts(self.document.get(name))

    def _slots(self) -> tuple[Slot, ...]:
        found = []
        table = self.document.get("slots")
        for name, raw in table.items() if isinstance(table, Map) else ():
            if not isinstance(raw, Map) or not NAME.fullmatch(name):
                self.fault(name, f"slot {str(name)!r} is to be a name with `kind` and `ask`")
                continue
            self._shaped(raw, SLOT, "slot")
            if raw.get("kind") not in list(SlotKind):
                self.fault(raw.get("kind", raw), f"the kind of a slot is one of {', '.join(SlotKind)}")
                continue
            found.append(Slot(str(name), SlotKind(str(raw["kind"])), str(raw.get("ask", ""))))
        return tuple(found)

    def _look_ups(self, slots: set[str]) -> tuple[LookUp, ...]:
        found = []
        table = self.document.get("look_up")
        for name, call in table.items() if isinstance(table, Map) else ():
            if not NAME.fullmatch(name) or name in ("customer", "slot", "each", "receipt", "now"):
                self.fault(name, f"{str(name)!r} is no name for a look-up")
            elif isinstance(call, Text) and (one := self._look_up(str(name), call, slots)):
                found.append(one)
        return tuple(found)

    def _look_up(self, name: str, call: Text, slots: set[str]) -> LookUp | None:
        match = CALL.fullmatch(call.strip())
        if not match or match[1] not in self.known.look_ups:
            self.fault(call, f"{str(call)!r} calls no look-up of this desk, such as billing.charges(days = 60)")
            return None
        spec, arguments = self.known.look_ups[match[1]], dict[str, str | int]()
        for part in match[2].split(",") if match[2].strip() else ():
            given = ARGUMENT.fullmatch(part)
            if not given or given[1] not in spec.arguments:
                self.fault(call, f"{spec.name} takes no argument {part.strip()!r}")
            elif (spec.arguments[given[1]] is int) != (given[2] is not None):
                self.fault(call, f"{spec.name}: {given[1]} is to be {spec.arguments[given[1]].__name__}")
            elif given[4] and given[4].removeprefix("slot.") not in slots:
                self.fault(call, f"unknown name {given[4]!r}")
            else:
                arguments[given[1]] = int(given[2]) if given[2] else given[3] or given[4]
        if missing := sorted(set(spec.arguments) - set(arguments)):
            self.fault(call, f"{spec.name} needs {', '.join(missing)}")
        return LookUp(name, spec.name, arguments, call.line)

    def _types(self, slots: tuple[Slot, ...], look_ups: tuple[LookUp, ...]) -> dict[str, type]:
        types = dict(ALWAYS) | {f"slot.{slot.name}": str for slot in slots}
        for look_up in look_ups:
            types[f"{look_up.name}.count"] = int
            fields = self.known.look_ups[look_up.call].fields
            types |= {f"{look_up.name}.{name}": kind for name, kind in fields.items()}
        return types

    def _conditions(self, sources: list[Text], language: Language) -> list[Expression]:
        found = []
        for source in sources:
            try:
                found.append(language.compile(source))
            except Faulty as fault:
                self.fault(source, str(fault))
        return found

    def _steps(self) -> list[Map]:
        steps = self.document.get("steps")
        return [one for one in steps if isinstance(one, Map)] if isinstance(steps, list) else []

    def _step(self, raw: Map, language: Language, look_ups: tuple[LookUp, ...], may_propose: tuple[str, ...]) -> Step:
        self._shaped(raw, STEP, "step")
        rows = {one.name: self.known.look_ups[one.call].rows for one in look_ups}
        types = dict(language.types)
        for_each, propose = str(raw.get("for_each", "")), str(raw.get("propose", ""))
        if for_each and not rows.get(for_each):
            self.fault(raw["for_each"], f"{for_each!r} is no look-up with rows")
        types |= {f"each.{name}": kind for name, kind in rows.get(for_each, {}).items()}
        if for_each and not propose:
            self.fault(raw["for_each"], "`for_each` goes with `propose`")
        cite = _texts(raw.get("cite"))
        for source in cite:
            if source not in self.known.articles:
                self.fault(source, f"there is no article {str(source)!r}")
        if not {"say", "cite", "propose", "hand_off", "end"} & set(raw):
            self.fault(raw, "a step does something: say, cite, propose, hand_off or end")
        shape = self.known.actions.get(propose)
        return Step(
            line=raw.line,
            when=tuple(self._conditions(_texts(raw.get("when")), language)),
            cite=tuple(str(one) for one in cite),
            for_each=for_each,
            propose=propose,
            arguments=self._arguments(raw, propose, shape, types, may_propose),
            say=self._say(raw, types, {name for name, columns in rows.items() if columns}, shape),
            hand_off=self._hand_off(raw),
            end=self._end(raw),
        )

    def _arguments(
        self,
        raw: Map,
        propose: str,
        shape: ActionShape | None,
        types: Mapping[str, type],
        may_propose: tuple[str, ...],
    ) -> dict[str, str]:
        given = raw.get("with") if isinstance(raw.get("with"), Map) else Map()
        assert isinstance(given, Map)
        if not propose:
            if given:
                self.fault(raw["with"], "`with` goes with `propose`")
            return {}
        if shape is None:
            self.fault(raw["propose"], f"unknown action {propose!r}")
            return {}
        if propose not in may_propose:
            self.fault(raw["propose"], f"{propose} is not named in `may_propose`")
        for name in sorted(set(shape.arguments) ^ {str(one) for one in given}):
            self.fault(raw["propose"], f"{propose}: argument {name} is {'unknown' if name in given else 'missing'}")
        for name, value in given.items():
            wanted = shape.arguments.get(str(name))
            actual = str if LITERAL.fullmatch(value) else types.get(str(value))
            if actual is None:
                self.fault(value, f"unknown name {str(value)!r}")
            elif wanted and actual is not wanted:
                self.fault(value, f"{name} is to be {wanted.__name__}, {str(value)!r} is {actual.__name__}")
        return {str(name): str(value) for name, value in given.items()}

    def _say(self, raw: Map, types: Mapping[str, type], tables: set[str], shape: ActionShape | None) -> Template | None:
        text = raw.get("say")
        if not isinstance(text, Text):
            return None
        try:
            template = Template.parse(" ".join(str(text).split(" ")).strip(), text.line)
        except ValueError as error:
            self.fault(text, str(error))
            return None
        for what in template.faults(types, tables, shape.receipt if shape else ()):
            self.fault(text, what)
        return template

    def _hand_off(self, raw: Map) -> HandOff | None:
        given = raw.get("hand_off")
        if not isinstance(given, Map):
            return None
        if unknown := sorted(set(given) - {"to", "because"}):
            self.fault(given, f"unknown key {unknown[0]!r} in hand_off")
        if not given.get("because"):
            self.fault(given, "hand_off needs `because`")
        if given.get("to") and given["to"] not in self.known.queues:
            self.fault(given["to"], f"unknown queue {str(given['to'])!r}")
        return HandOff(str(given.get("to", "")), str(given.get("because", "")))

    def _end(self, raw: Map) -> End | None:
        if "end" not in raw:
            return None
        if raw["end"] not in list(End):
            self.fault(raw["end"], f"`end` is one of {', '.join(End)}")
            return None
        return End(str(raw["end"]))

    def _reach_an_end(self, steps: tuple[Step, ...]) -> None:
        for place, step in enumerate(steps):
            final = not step.when and (step.end or step.hand_off)
            if final and place < len(steps) - 1:
                self.fault(steps[place + 1].line, "this step can never be reached")
                return
        if not steps or steps[-1].when or not (steps[-1].end or steps[-1].hand_off):
            line = steps[-1].line if steps else self.document.line
            self.fault(line, "the last step has no `when`, and ends or hands off: nothing may fall through")


def _texts(value: Any) -> list[Text]:
    if isinstance(value, Text):
        return [value]
    return [one for one in value if isinstance(one, Text)] if isinstance(value, Items) else []


def _fits(value: Any, shape: Shape) -> bool:
    match shape:
        case Shape.TEXT:
            return isinstance(value, Text)
        case Shape.TEXTS:
            return isinstance(value, Items) and all(isinstance(one, Text) for one in value)
        case Shape.TEXT_OR_TEXTS:
            return isinstance(value, Text) or _fits(value, Shape.TEXTS)
        case Shape.TEXT_TABLE:
            return isinstance(value, Map) and all(isinstance(one, Text) for one in value.values())
        case Shape.TABLE:
            return isinstance(value, Map)
        case Shape.STEPS:
            return isinstance(value, Items) and all(isinstance(one, Map) for one in value)

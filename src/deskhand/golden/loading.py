"""From the text of `golden/*.yaml` to golden tickets, or to every fault in them, each with its line."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from deskhand.domain.errors import DeskFault, Fault
from deskhand.domain.finding import LookupSpec
from deskhand.domain.lined_yaml import Map, Text, read_every
from deskhand.domain.outcome import RunOutcome
from deskhand.golden.facts import fact_faults
from deskhand.golden.keys import GOLDEN
from deskhand.golden.ticket import SITUATION, Golden, Must, MustNot, Turn, WantedAction, WantedHandoff
from deskhand.policy.nearest import one_of
from deskhand.procedures.look_up_text import look_up
from deskhand.procedures.procedure import ActionShape, LookUp
from deskhand.procedures.shaped import shaped, texts
from deskhand.procedures.template import Template

DRAFTS = "golden/drafts/"
FIRST = "first"  # the first row of a look-up


@dataclass(frozen=True)
class KnownToGolden:
    """What golden tickets may name. `situations`: of made-up customers; `rules`: ids of the policy."""

    look_ups: Mapping[str, LookupSpec]
    actions: Mapping[str, ActionShape]
    articles: Collection[str]
    queues: Collection[str]
    procedures: Collection[str]
    rules: Collection[str]
    people: Collection[str]
    situations: Collection[str]


def load_golden(files: Mapping[str, str], known: KnownToGolden) -> tuple[Golden, ...]:
    """`files`: text by name ("golden/charged-twice.yaml"). `DeskFault` holds all faults of all files at once."""
    documents, faults = read_every(files)
    found: list[Golden] = []
    ids: dict[str, str] = {}
    for name, raw in documents.items():
        reading = _Reading(name, known)
        one = reading.golden(raw)
        if one and ids.setdefault(one.id, name) != name:
            reading.complain(raw["id"].line, f"the id {one.id!r} stands in {ids[one.id]} already")
        faults += reading.faults
        found += [one] if one and not reading.faults else []
    if faults:
        raise DeskFault(tuple(faults))
    return tuple(found)


class _Reading:
    """One file."""

    def __init__(self, file: str, known: KnownToGolden):
        self.file, self.known, self.faults = file, known, list[Fault]()

    def complain(self, line: int, what: str) -> None:
        self.faults.append(Fault(self.file, line, what))

    def golden(self, raw: Map) -> Golden | None:
        """None when it is faulty in its shape."""
        held = shaped(raw, GOLDEN, "a golden ticket", self.complain)
        if self.faults:
            return None
        stem = self.file.rpartition("/")[2].partition(".")[0]
        if held["id"] != stem:
            self.complain(held["id"].line, f"the id is to be {stem!r}, as the file is named")
        if (kind := held["from"]).startswith(SITUATION):
            situation = Text(kind.removeprefix(SITUATION))
            situation.line = kind.line
            self._among(situation, self.known.situations, "situation")
        look_ups = self._look_ups(held.get("look_up", Map()))
        for line, what in fact_faults(held.get("facts", Map()), self.known.look_ups):
            self.complain(line, what)
        types = self._types(look_ups)
        return Golden(
            id=str(held["id"]),
            file=self.file,
            line=held.line,
            about=str(held["about"]),
            sender=str(held["from"]),
            turns=tuple(self._turn(one) for one in held["messages"]),
            must=self._must(held["must"], types),
            must_not=self._must_not(held.get("must_not", Map()), types),
            verified=held.get("verified", "yes") == "yes",
            channel=str(held.get("channel", "chat")),
            stage=str(held.get("stage", "")),
            facts=held.get("facts", {}),
            look_ups=look_ups,
            draft=self.file.startswith(DRAFTS),
        )

    def _turn(self, raw: Map) -> Turn:
        if len(raw) != 1:
            self.complain(raw.line, "a message is one of `says`, `approves` and `rejects`")
        for key in ("approves", "rejects"):
            if key in raw:
                self._among(raw[key], self.known.people, "person")
        return Turn(**{name: str(value) for name, value in raw.items()})

    def _must(self, raw: Map, types: Mapping[str, type]) -> Must:
        procedures = raw.get("procedures")
        for one in procedures or ():
            self._among(one, self.known.procedures, "procedure")
        handoff = raw.get("handoff")
        if not raw:
            self.complain(raw.line, "`must` says nothing, so every answer would do")
        return Must(
            outcomes=self._listed(raw, "outcome", tuple(map(str, RunOutcome)), "outcome"),
            procedures=None if procedures is None else tuple(map(str, procedures)),
            actions=tuple(one for each in raw.get("actions", ()) if (one := self._action(each, types))),
            says=self._templates(raw, "says", types),
            cites=self._listed(raw, "cites", self.known.articles, "article"),
            handoff=None if handoff is None else self._handoff(handoff, types),
            language=str(raw.get("language", "")),
            stage=str(raw.get("stage", "")),
        )

    def _must_not(self, raw: Map, types: Mapping[str, type]) -> MustNot:
        return MustNot(
            outcomes=self._listed(raw, "outcome", tuple(map(str, RunOutcome)), "outcome"),
            does=self._listed(raw, "does", self.known.actions, "action"),
            proposes=self._listed(raw, "proposes", self.known.actions, "action"),
            says=self._templates(raw, "says", types),
            cites=self._listed(raw, "cites", self.known.articles, "article"),
        )

    def _action(self, raw: Map, types: Mapping[str, type]) -> WantedAction | None:
        name = raw["action"]
        if not self._among(name, self.known.actions, "action"):
            return None
        arguments = raw.get("with", Map())
        for one in arguments:
            self._among(one, self.known.actions[name].arguments, f"argument of {name}:")
        if "rule" in raw:
            self._among(raw["rule"], self.known.rules, "rule")
        done = raw.get("done")
        return WantedAction(
            action=str(name),
            arguments={str(key): self._template(value, types) for key, value in arguments.items()},
            verdict=str(raw.get("verdict", "")),
            rule=str(raw.get("rule", "")),
            done=None if done is None else done == "yes",
        )

    def _handoff(self, raw: Map, types: Mapping[str, type]) -> WantedHandoff:
        if "queue" in raw:
            self._among(raw["queue"], self.known.queues, "queue")
        return WantedHandoff(
            str(raw.get("queue", "")), str(raw.get("reason", "")), self._templates(raw, "holds", types)
        )

    def _look_ups(self, raw: Map) -> tuple[LookUp, ...]:
        found = (look_up(name, call, self.known.look_ups, (), self.complain) for name, call in raw.items())
        return tuple(one for one in found if one)

    def _types(self, look_ups: Collection[LookUp]) -> Mapping[str, type]:
        """The names that templates may speak of."""
        types: dict[str, type] = {}
        for one in look_ups:
            spec = self.known.look_ups[one.call]
            types |= {f"{one.name}.{name}": kind for name, kind in spec.fields.items()}
            types |= {f"{one.name}.{FIRST}.{name}": kind for name, kind in spec.rows.items()}
            types |= {f"{one.name}.count": int} if spec.rows else {}
        for name, action in self.known.actions.items():
            types |= {f"{name}.{each}": kind for each, kind in action.arguments.items()}
            types |= {f"{name}.receipt.{each}": str for each in action.receipt}
        return types

    def _templates(self, raw: Map, key: str, types: Mapping[str, type]) -> tuple[Template, ...]:
        return tuple(self._template(one, types) for one in texts(raw[key])) if key in raw else ()

    def _template(self, text: Text, types: Mapping[str, type]) -> Template:
        try:
            template = Template.parse(text, text.line)
        except ValueError as error:
            self.complain(text.line, str(error))
            return Template((str(text),), text.line)
        for what in template.faults(types, (), ()):
            self.complain(text.line, what)
        return template

    def _listed(self, raw: Map, key: str, known: Collection[str], what: str) -> tuple[str, ...]:
        found = texts(raw[key]) if key in raw else []
        for one in found:
            self._among(one, known, what)
        return tuple(map(str, found))

    def _among(self, one: Text, known: Collection[str], what: str) -> bool:
        if one in known:
            return True
        self.complain(one.line, f"unknown {what} {str(one)!r}{one_of(one, known)}")
        return False

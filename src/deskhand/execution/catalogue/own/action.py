"""An action of the company's own at work: judged, done once, and found again like the built-in ones."""

from collections.abc import Mapping
from typing import Any

from deskhand.domain.action import Action, Receipt
from deskhand.domain.errors import Down, Missing, Unconfirmed
from deskhand.domain.money import Money
from deskhand.domain.own_call import mark
from deskhand.domain.read import Read
from deskhand.domain.ref import Ref
from deskhand.execution.catalogue.arguments import only
from deskhand.execution.catalogue.own.fields import at, spoken
from deskhand.execution.catalogue.own.spec import Find, Owner, OwnSpec, Proof
from deskhand.execution.doors import Reads, Writes
from deskhand.execution.kind import NoUndo, Recovery, Seen, Undo

TICKET = "ticket"
ASKED = "asked."  # the group of facts that are the arguments themselves
UNKNOWN = "unknown"


class OwnAction:
    """See `execution.kind.ActionKind`. What it is stands in `spec`."""

    def __init__(self, spec: OwnSpec):
        self.spec = spec
        self.name, self.title = spec.id, spec.title
        self.nature, self.recovery = spec.nature, spec.recovery
        self.sets = spec.sets
        self.arguments: Mapping[str, type] = {name: one.shape for name, one in spec.arguments.items()}
        self.receipt = ("id", *(spec.receipt.details if spec.receipt else ()))
        self.deeds = spec.deeds
        asked = {f"{ASKED}{name}": one.fact for name, one in spec.arguments.items() if not one.kind.private}
        self.about: Mapping[str, type] = asked | {name: one.type for name, one in spec.facts.items()}

    def canonical(self, args: Mapping[str, str]) -> Mapping[str, str]:
        only(args, *self.spec.arguments)
        return {name: one.canonical(args[name]) for name, one in self.spec.arguments.items()}

    def money(self, args: Mapping[str, str]) -> Money | None:
        return Money.parse(args[self.spec.money]) if self.spec.money else None

    def key(self, ticket: str, args: Mapping[str, str]) -> str:
        parts = (ticket if name == TICKET else args[name] for name in self.spec.key)
        return "/".join((self.name, *parts))

    def subject(self, args: Mapping[str, str]) -> str:
        return self.spec.subject.fill(args)

    def look(self, args: Mapping[str, str], reads: Reads) -> Seen:
        spec = self.spec
        if spec.look is None:
            return Seen({}, self._preview(args, {}), None)
        read = reads.own[spec.system].ask(spec.look.request.call(self._sent(args), ""))
        if spec.look.found and at(read.value, spec.look.found) is not True:
            raise Missing(f"{spec.system}: it says that there is no such object")
        if not isinstance(read.value, Mapping):
            raise Down(f"{spec.system}: the answer is no table of values")
        known = {name: one.read(read.value) for name, one in spec.facts.items()}
        known = {name: value for name, value in known.items() if value is not None}
        currencies = {value.currency for value in known.values() if isinstance(value, Money)}
        currency = currencies.pop() if len(currencies) == 1 else None
        shown = {name: one.read(read.value) for name, one in spec.shows.items()}
        shown = {name: value for name, value in shown.items() if value is not None}
        return Seen(known, self._preview(args, known | shown), _owner(spec.owner, read.value), currency)

    def facts(self, args: Mapping[str, str], seen: Seen) -> Mapping[str, Any]:
        open = {name: one for name, one in self.spec.arguments.items() if not one.kind.private}
        asked = {f"{ASKED}{name}": one.value(args[name]) for name, one in open.items()}
        return asked | dict(seen.world)

    def act(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt:
        self._check(args, key)
        call = self.spec.act.call(self._sent(args), mark(key))
        repeatable = self.recovery in (Recovery.KEYED, Recovery.REPEAT)
        done = writes.own[self.spec.system].send(call, key=key, repeatable=repeatable)
        try:
            return self._proved(done, done.value, key)
        except Down as error:  # they took it, and answered in words that prove nothing
            raise Unconfirmed(key, str(error)) from error

    def find(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt | None:
        if self.spec.find is None:
            return None
        self._check(args, key)
        find, sent = self.spec.find, self._sent(args) | {"key": mark(key)}
        read = writes.own[self.spec.system].ask(find.request.call(sent, ""))
        entry = _entry(find, read.value, mark(key))
        return None if entry is None else self._proved(read, entry, key)

    def undo(self, args: Mapping[str, str], receipt: Receipt) -> Undo | NoUndo:
        way = self.spec.undo
        if isinstance(way, str):
            return NoUndo(way)
        told = {**args, "receipt.id": receipt.id, **{f"receipt.{name}": v for name, v in receipt.details.items()}}
        try:
            given = {
                name: source[1:-1] if source[0] in "\"'" else told[source] for name, source in way.arguments.items()
            }
        except KeyError as gap:
            return NoUndo(f"Its receipt does not tell {gap.args[0].removeprefix('receipt.')}; do it by hand.")
        return Undo(Action(way.action, given), way.within)

    def _check(self, args: Mapping[str, str], key: str) -> None:
        """What was reserved under a former file may not fit this one, and nobody knows what became of it."""
        try:
            if self.canonical(args) == args:
                return
        except ValueError:
            pass
        raise Unconfirmed(key, f"actions/{self.name}.yaml has changed since this was reserved")

    def _sent(self, args: Mapping[str, str]) -> dict[str, Any]:
        return {part: v for name, one in self.spec.arguments.items() for part, v in one.sent(name, args[name]).items()}

    def _preview(self, args: Mapping[str, str], known: Mapping[str, Any]) -> str:
        values = self._sent(args) | dict.fromkeys((*self.spec.facts, *self.spec.shows), UNKNOWN) | dict(known)
        first = self.spec.preview.fill({name: spoken(value) for name, value in values.items()})
        private = [name for name, one in self.spec.arguments.items() if one.kind.private]
        return "\n".join((first, *(f"{_label(name)}: {spoken(args[name])}" for name in private)))

    def _proved(self, read: Read[Any], answer: Any, key: str) -> Receipt:
        """`Down` when the answer does not say what was done."""
        proof = self.spec.receipt
        if proof is None:
            return Receipt(key, self.spec.system, mark(key), read.read_at)
        return Receipt(key, self.spec.system, _id(proof, answer), read.read_at, _details(proof, answer))


def _label(argument: str) -> str:
    return argument.removesuffix("_text").removesuffix("_email").replace("_", " ")


def _owner(owner: Owner | None, answer: Any) -> Ref | str | None:
    found = at(answer, owner.path) if owner else None
    if owner is None or found is None:
        return None
    if type(found) not in (str, int):
        raise Down(f"{owner.path} of the answer is no owner")
    return Ref(*owner.of, str(found)) if owner.of else str(found)


def _entry(find: Find, answer: Any, mark: str) -> Any:
    """None is proof that there is none; an answer that is no list proves nothing."""
    entries = at(answer, find.list)
    if not isinstance(entries, list):
        raise Down(f"{find.list} of the answer is no list")
    return next((one for one in entries if at(one, find.key) == mark), None)


def _id(proof: Proof, answer: Any) -> str:
    found = at(answer, proof.id)
    if type(found) not in (str, int) or found == "":
        raise Down(f"{proof.id} of the answer is no reference")
    return spoken(found)


def _details(proof: Proof, answer: Any) -> dict[str, str]:
    """All of them: a reply that states one of them waits for this receipt."""
    found = {name: one.read(answer) for name, one in proof.details.items()}
    if missing := [proof.details[name].path for name, value in found.items() if value is None]:
        raise Down(f"{missing[0]} is missing in the answer")
    return {name: spoken(value) for name, value in found.items()}

"""From the text of action files to actions, or to every fault in them, each with its line."""

from collections.abc import Iterator, Mapping
from functools import partial

from deskhand.domain.errors import DeskFault, Fault
from deskhand.domain.lined_yaml import Map, Text, read_every
from deskhand.execution.catalogue.own.action import OwnAction
from deskhand.execution.catalogue.own.reading import Systems, own_action
from deskhand.execution.catalogue.own.spec import WayBack
from deskhand.execution.kind import ActionKind

FOLDER = "actions/"
TURN = "turn"


def load_actions(
    files: Mapping[str, str], systems: Systems | None, built_in: Mapping[str, ActionKind]
) -> dict[str, OwnAction]:
    """`files`: text by name ("actions/cancel_order.yaml"); `systems`: the kind of each of the desk's own, or None where
    nothing will be called. `DeskFault` holds all faults of all files at once."""
    documents, faults = read_every(files)

    def complain(name: str, line: int, what: str) -> None:
        faults.append(Fault(name, line, what))

    found = {name: own_action(one, name, systems, partial(complain, name)) for name, one in documents.items()}
    faults += _taken(documents, built_in)
    known: dict[str, ActionKind] = {**built_in}
    known |= {one.name: one for one in found.values()}
    faults += _astray(documents, found, known)
    if faults:
        raise DeskFault(tuple(faults))
    return {one.name: one for one in found.values()}


def _taken(documents: Mapping[str, Map], built_in: Mapping[str, ActionKind]) -> Iterator[Fault]:
    names: dict[str, str] = {}
    for file, document in documents.items():
        id = document.get("id")
        if isinstance(id, Text) and (id in built_in or id == TURN):
            yield Fault(file, id.line, f"{id} is an action of the product; choose another id, and name the file so")
        elif isinstance(id, Text) and names.setdefault(id, file) != file:
            yield Fault(file, id.line, f"the id {str(id)!r} stands in {names[id]} already")


def _astray(
    documents: Mapping[str, Map], found: Mapping[str, OwnAction], known: Mapping[str, ActionKind]
) -> Iterator[Fault]:
    """Ways back that lead nowhere."""
    for file, one in found.items():
        way, raw = one.spec.undo, documents[file].get("undo")
        if not isinstance(way, WayBack) or not isinstance(raw, Map):
            continue
        there = known.get(way.action)
        if there is None or way.action == one.name:
            yield Fault(file, raw["action"].line, f"undo: {way.action!r} is no other action of this desk")
        elif set(way.arguments) != set(there.arguments):
            wanted = ", ".join(there.arguments) or "none"
            yield Fault(file, raw.line, f"undo: {way.action} takes exactly these arguments: {wanted}")

"""From the text of procedure files to procedures, or to every fault in them, each with its line."""

from collections.abc import Iterator, Mapping
from functools import partial

from deskhand.domain.digest import digest
from deskhand.domain.errors import DeskFault, Fault
from deskhand.domain.lined_yaml import Items, Map, Text, read_every
from deskhand.procedures.known import Known
from deskhand.procedures.procedure import Procedure
from deskhand.procedures.procedure_text import procedure

__all__ = ["Known", "load_procedures"]


def load_procedures(files: Mapping[str, str], known: Known) -> tuple[Procedure, ...]:
    """`files`: text by name ("procedures/refund-status.yaml"). `DeskFault` holds all faults of all files at once."""
    documents, faults = read_every(files)

    def complain(name: str, line: int, what: str) -> None:
        faults.append(Fault(name, line, what))

    found = [
        procedure(document, name, digest(files[name]), known, partial(complain, name))
        for name, document in documents.items()
    ]
    faults += _ambiguous(documents)
    if faults:
        raise DeskFault(tuple(faults))
    return tuple(found)


def _ambiguous(documents: Mapping[str, Map]) -> Iterator[Fault]:
    """Ids and examples that stand for two procedures at once. An example may not stand anywhere twice."""
    ids: dict[str, str] = {}
    examples: dict[str, str] = {}
    for name, document in documents.items():
        id, listed = document.get("id"), document.get("examples")
        if isinstance(id, Text) and ids.setdefault(id, name) != name:
            yield Fault(name, id.line, f"the id {str(id)!r} stands in {ids[id]} already")
        for example in listed if isinstance(listed, Items) else ():
            key = " ".join(example.lower().split()) if isinstance(example, Text) else ""
            if key in examples:
                yield Fault(name, example.line, f"this example stands in {examples[key]} already")
            elif key:
                examples[key] = name

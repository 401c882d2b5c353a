"""Drafts of procedures that lie in a desk folder: held to the same keys, and what is wrong with one stops nothing."""

from collections.abc import Collection, Iterator, Mapping

from deskhand.domain.errors import DeskFault, Fault
from deskhand.procedures.loading import Known, load_procedures

UNTIL = "(a draft: nothing of it is used, and it is a fault once the file lies in procedures/)"


def draft_notes(texts: Mapping[str, str], known: Known, procedures: Collection[str]) -> Iterator[Fault]:
    """What would be a fault of each draft if it were a procedure already."""
    for name, text in texts.items():
        try:
            (one,) = load_procedures({name: text}, known)
        except DeskFault as error:
            yield from (Fault(fault.file, fault.line, f"{fault.what} {UNTIL}") for fault in error.faults)
            continue
        if one.id in procedures:
            yield Fault(name, 1, f"the id {one.id!r} is that of a procedure already {UNTIL}")

"""The work of `deskhand proactive optout`, on the database alone."""

from pathlib import Path

from deskhand.bootstrap import now, open_store
from deskhand.domain.errors import DeskFault, Fault
from deskhand.domain.ref import Ref
from deskhand.entrypoints.printing import console, print_json
from deskhand.settings import read_settings
from deskhand.workflows.opt_out import opt_in, opt_out


def change(folder: Path, customer: str, *, undo: bool, by: str, as_json: bool) -> None:
    """At once, for every process."""
    try:
        ref = str(Ref.parse(customer))
    except ValueError as error:
        what = f"{customer!r} is no record; write system:kind:id, such as stripe:customer:cus_1"
        raise DeskFault((Fault(str(folder), 1, what),)) from error
    with open_store(read_settings(folder)) as store:
        changed = (opt_in if undo else opt_out)(store, ref, by=by, now=now())
    if as_json:
        print_json({"customer": ref, "opted_out": not undo, "changed": changed})
    else:
        console.print(_told(ref, undo, changed), markup=False)
    if not changed:
        raise SystemExit(1)


def _told(ref: str, undo: bool, changed: bool) -> str:
    if undo:
        return f"{ref} may be written to again." if changed else f"{ref} had not opted out."
    return f"Nobody writes to {ref} first any more." if changed else f"{ref} had opted out before."

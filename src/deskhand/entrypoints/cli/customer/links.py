"""The work of `deskhand customer`, on the database alone."""

from pathlib import Path

from deskhand.bootstrap import now, open_store
from deskhand.domain.errors import DeskFault, Fault, Invalid
from deskhand.domain.link import Bond
from deskhand.domain.ref import Ref
from deskhand.entrypoints.printing import console, print_json
from deskhand.settings import read_settings
from deskhand.workflows.link_customers import link, unlink


def add(folder: Path, bond: str, keep: str, other: str, *, by: str, why: str, as_json: bool) -> None:
    """Exit with the reason when it makes no sense."""
    refs = [_ref(folder, one) for one in (keep, other)]
    with open_store(read_settings(folder)) as store:
        try:
            made = link(store, Bond(bond), *refs, by=by, why=why, now=now())
        except Invalid as error:
            raise DeskFault((Fault(str(folder), 1, str(error)),)) from error
    if as_json:
        print_json({"link": made})
    else:
        console.print(f"Link {made.number}: {keep} and {other} are {_told(made.bond)}.", markup=False)


def take_back(folder: Path, number: int, *, by: str, as_json: bool) -> None:
    """Exit with 1 when no such link stands."""
    with open_store(read_settings(folder)) as store:
        undone = unlink(store, number, by=by, now=now())
    if as_json:
        print_json({"link": number, "undone": undone})
    else:
        console.print(f"Link {number} says nothing any more." if undone else f"There is no link {number} to take back.")
    if not undone:
        raise SystemExit(1)


def show(folder: Path, *, as_json: bool) -> None:
    with open_store(read_settings(folder)) as store, store.begin() as tx:
        every = list(tx.links.every())
    if as_json:
        print_json({"links": every})
        return
    for one in every:
        back = f"; taken back by {one.undone_by} on {one.undone_at:%Y-%m-%d}" if one.undone_at else ""
        said = f"{one.number}  {one.keep} and {one.other} are {_told(one.bond)}"
        console.print(f"{said}, says {one.by} since {one.at:%Y-%m-%d}: {one.why}{back}", markup=False)
    if not every:
        console.print("Nothing was said of any two records.")


def _told(bond: Bond) -> str:
    return "one person, and the first one counts" if bond is Bond.SAME else "two people"


def _ref(folder: Path, text: str) -> Ref:
    try:
        return Ref.parse(text)
    except ValueError as error:
        what = f"{text!r} is no record; write system:kind:id, such as stripe:customer:cus_1"
        raise DeskFault((Fault(str(folder), 1, what),)) from error

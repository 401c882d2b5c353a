"""The work of `deskhand customer timeline`, on the database alone."""

from pathlib import Path

from deskhand.bootstrap import open_journal
from deskhand.domain.outcome import ToldAction
from deskhand.entrypoints.printing import console, print_json
from deskhand.settings import read_settings


def show(folder: Path, customer: str, *, limit: int, before: int | None, as_json: bool) -> None:
    with open_journal(read_settings(folder)) as queries:
        contacts = queries.contacts(customer, limit, before)
    if as_json:
        print_json({"customer": customer, "contacts": contacts})
        return
    for one in contacts:
        at = f"{one.at:%Y-%m-%d %H:%M} UTC" if one.at else "no time kept"
        doubt = "" if one.verified else ", only claimed"
        console.print(f"{one.number}  {at}  {one.ticket} ({one.channel}{doubt}): {one.outcome}", markup=False)
        for words in one.requests:
            console.print(f"    asked: {words}", markup=False)
        for deed in one.deeds:
            console.print(f"    done: {done(deed)}", markup=False)
        if one.handed_to:
            console.print(f"    with people: {one.handed_to}", markup=False)
    if not contacts:
        older = "older " if before is not None else ""
        console.print(f"Nothing {older}is kept of {customer}. A record is written system:kind:id.", markup=False)


def done(deed: ToldAction) -> str:
    """Such as "refund charge, stripe re_1"."""
    assert deed.receipt is not None
    return f"{deed.name.replace('_', ' ')}, {deed.receipt.system} {deed.receipt.id}"

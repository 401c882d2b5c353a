"""`deskhand ledger`: what was done in other systems, as our own ledger remembers it."""

from datetime import timedelta
from pathlib import Path

from rich.table import Table

from deskhand.bootstrap import now, open_desk, open_store
from deskhand.domain.effect import WORDS
from deskhand.domain.errors import DeskFault, Fault
from deskhand.entrypoints.printing import aside, console, print_json
from deskhand.settings import read_settings
from deskhand.workflows.compare_ledger import compare_ledger
from deskhand.workflows.settle_by_hand import settle_by_hand


def show(folder: Path, *, open_only: bool, days: int, as_json: bool) -> None:
    """Actions of the last days, oldest first; letters are left out."""
    with open_store(read_settings(folder)) as store, store.begin() as tx:
        since = now() - timedelta(days=days)
        effects = [one for one in tx.ledger.since(since) if one.action not in WORDS]
    found = [one for one in effects if one.state.open or not open_only]
    if as_json:
        print_json({"effects": found})
        return
    for one in found:
        amount, receipt = str(one.amount or ""), one.receipt.id if one.receipt else one.reason
        text = f"{one.at:%Y-%m-%d %H:%M}  {one.state:<11}  {one.key}  {amount}  {receipt}"
        console.print(text, markup=False, highlight=False, soft_wrap=True)
    aside.print(f"{len(found)} {'effect' if len(found) == 1 else 'effects'} within {days} days.")


def settle(folder: Path, key: str, *, receipt: str, by: str, as_json: bool) -> None:
    """Exit with 1 when it cannot be settled."""
    settings = read_settings(folder)
    with open_store(settings) as store:
        why = settle_by_hand(store, key, receipt=receipt, by=by, now=now())
    if why:
        raise DeskFault((Fault(str(settings.folder), 1, f"{why}; nothing was changed"),))
    told = f"done, receipt {receipt}" if receipt else "not done"
    if as_json:
        print_json({"key": key, "done": bool(receipt), "by": by})
    else:
        console.print(f"{key} is settled as {told}.", markup=False)


def reconcile(folder: Path, *, days: int, as_json: bool) -> None:
    """Exit with 1 when ledger and systems differ. Nothing is changed."""
    with open_desk(read_settings(folder), tell=aside.print) as installation:
        desk = installation.desk
        compared = compare_ledger(desk, since=desk.clock() - timedelta(days=days), tell=aside.print)
    if as_json:
        print_json({"compared": compared.compared, "unknown": compared.unknown, "differences": compared.differences})
    elif compared.differences:
        table = Table("Effect", "Our ledger", "Their side", "What to do")
        for one in compared.differences:
            table.add_row(one.key, one.ours, one.theirs, one.advice)
        console.print(table)
    else:
        console.print(f"Ledger and systems agree on {compared.compared} effects.")
    if compared.unknown and not as_json:
        console.print(f"{compared.unknown} more are in systems that cannot be asked.")
    if compared.differences:
        raise SystemExit(1)

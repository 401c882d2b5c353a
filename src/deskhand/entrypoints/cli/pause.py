"""`deskhand pause`, `resume` and `pauses`: the kill switch. It works on the database alone, and so at once."""

from pathlib import Path

import typer

from deskhand.bootstrap import load_folder, now, open_store
from deskhand.domain.errors import DeskFault, Fault
from deskhand.entrypoints.printing import aside, console, print_json
from deskhand.settings import Settings, read_settings
from deskhand.workflows.pause import pause, resume, scope_of


def scope(action: str, procedure: str, ticket: str, customer: str) -> str:
    """As named on the command line; typer tells what is wrong with it."""
    try:
        return scope_of(action, procedure, ticket, customer)
    except ValueError as error:
        known = 'a ticket is named like "zendesk:ticket:7", a customer like "stripe:customer:cus_1"'
        raise typer.BadParameter(f"{error}; {known}. Nothing was paused or resumed.") from None


def stop(folder: Path, scope: str, *, why: str, by: str, as_json: bool) -> None:
    """Nothing new is sent within the scope from here on."""
    settings = read_settings(folder)
    _check_name(settings, scope)
    with open_store(settings) as store:
        made = pause(store, scope, by=by, why=why, now=now())
    if as_json:
        print_json({"pause": made})
    else:
        console.print(f"{made}. Messages are still read; what would be done waits for people.", markup=False)


def lift(folder: Path, scope: str, *, by: str, as_json: bool) -> None:
    """Exit with 1 when it was not paused."""
    with open_store(read_settings(folder)) as store:
        lifted = resume(store, scope, by=by, now=now())
        with store.begin() as tx:
            still = list(tx.pauses.standing())
    if as_json:
        print_json({"scope": scope, "resumed": lifted, "still_paused": still})
    else:
        console.print(f"{scope} goes on again." if lifted else f"{scope} was not paused.", markup=False)
        for one in still:
            console.print(f"Still: {one}.", markup=False)
    if not lifted:
        raise SystemExit(1)


def show(folder: Path, *, as_json: bool) -> None:
    """Everything that is paused, oldest first."""
    with open_store(read_settings(folder)) as store, store.begin() as tx:
        standing = list(tx.pauses.standing())
    if as_json:
        print_json({"pauses": standing})
        return
    for one in standing:
        console.print(str(one), markup=False)
    if not standing:
        console.print("Nothing is paused.")


def _check_name(settings: Settings, scope: str) -> None:
    """A misspelt name would stop nothing. A desk with faults can still be paused, its names unchecked; a ticket or a
    customer may be one that we have not met."""
    kind, _, name = scope.partition(":")
    if kind not in ("action", "procedure"):
        return
    try:
        folder = load_folder(settings)
    except DeskFault:
        aside.print("The desk folder has faults, so the name was not checked.")
        return
    procedures = [*(one.id for one in folder.procedures), *(one.scope for one in folder.rules)]
    known = list(folder.policy.chapters) if kind == "action" else procedures
    if name not in known:
        what = f"there is no {kind} {name!r}, so nothing was paused"
        raise DeskFault((Fault(str(settings.folder), 1, f"{what}; there are: {', '.join(sorted(known))}"),))

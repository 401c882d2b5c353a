"""`deskhand connect`: what to click, the credentials, what they are worth, and only then where they are kept."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path

import typer

from deskhand.bootstrap import Connector, Proof, Wanted, find_connector, keep_connection, new_secrets_key, now, prove
from deskhand.domain.errors import ConnectorError, DeskFault, Fault
from deskhand.entrypoints.printing import aside, console, print_json
from deskhand.settings import Settings, read_settings


def run(
    folder: Path,
    system: str,
    *,
    address: str,
    set_: list[str],
    writing: bool,
    secrets: bool,
    broad: bool,
    as_json: bool,
) -> None:
    """Nothing is kept before the system has accepted the credentials and may be read.

    `secrets`: they come as one JSON object on standard input, and nobody is asked anything. `broad`: credentials that
    allow more than is needed are taken all the same. Exit with 1 when nothing was kept.
    """
    settings = read_settings(folder)
    connector = find_connector(system, folder)
    _explain(connector, writing)
    given = _piped(connector) if secrets else _entered(connector)
    table = ({"address": address} if address else {}) | dict(_option(one) for one in set_)
    wanted = Wanted(connector, table, given)
    try:
        proof = prove(settings, wanted, now)
    except ConnectorError as error:
        _refuse(as_json, f"{connector.title} does not accept this ({error}). Nothing was kept.")
    _tell(connector, proof)
    lacks = [one.name for one in proof.rights if not one.granted and one.needed == "reading"]
    lacks += [one.name for one in proof.rights if not one.granted and one.needed == "writing" and writing]
    if lacks:
        _refuse(as_json, f"The credentials lack {', '.join(lacks)}. Grant it and try again: nothing was kept.")
    if any(one.granted and not one.needed for one in proof.rights) and not (broad or _agreed(secrets)):
        _refuse(as_json, "Nothing was kept. Make narrower credentials, or say --broad to keep these.")
    key = settings.secrets_key or new_secrets_key()
    place = keep_connection(settings, wanted, key)
    if as_json:
        print_json({"connected": connector.system, "account": proof.account, "kept": sorted(given), "file": str(place)})
    _farewell(settings, connector, place, "" if settings.secrets_key else key)


def _explain(connector: Connector, writing: bool) -> None:
    aside.print(f"{connector.title}. What to click, as it was on {connector.steps_as_of}:", highlight=False)
    scopes = [*connector.reading, *(connector.writing if writing else ())]
    for number, step in enumerate(connector.steps, 1):
        aside.print(f"  {number}. {step}", markup=False, highlight=False, soft_wrap=True)
    if scopes:
        aside.print("The least it needs: " + ", ".join(scopes), markup=False, highlight=False, soft_wrap=True)
    if not connector.tried_live:
        aside.print("This connector was never tried against the live service: its twin and documents only.")


def _entered(connector: Connector) -> dict[str, str]:
    """One after the other, without showing them."""
    found: dict[str, str] = {}
    for one in connector.secrets:
        ask = f"{one.about[:1].upper()}{one.about[1:]}{' (Enter to leave it out)' if one.optional else ''}"
        found[one.name] = typer.prompt(ask, hide_input=True, default="" if one.optional else None, show_default=False)
    return {name: value.strip() for name, value in found.items()}


def _piped(connector: Connector) -> dict[str, str]:
    try:
        told = json.loads(sys.stdin.read())
        known = {one.name for one in connector.secrets}
        strangers = sorted(set(told) - known)
    except (ValueError, TypeError) as error:
        what = "is to be one JSON object with the secrets by name. Nothing was kept"
        raise DeskFault((Fault("<stdin>", 1, what),)) from error
    if strangers:
        there = ", ".join(sorted(known))
        what = f"{connector.title} knows no secret {strangers[0]!r}, so nothing was kept; there are {there}"
        raise DeskFault((Fault("<stdin>", 1, what),))
    return {name: str(value) for name, value in told.items()}


def _option(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise DeskFault((Fault("--set", 1, f"{text!r} is to be name=value. Nothing was kept"),))
    return name.strip(), value.strip()


def _tell(connector: Connector, proof: Proof) -> None:
    aside.print(f"{connector.title} knows us as {proof.account}.", markup=False, highlight=False)
    marks: Mapping[bool, str] = {True: "yes", False: "no"}
    for one in proof.rights:
        need = f"for {one.needed}" if one.needed else "more than is needed"
        aside.print(f"  {marks[one.granted]:3} {one.name} ({need})", markup=False, highlight=False, soft_wrap=True)
    if proof.expires:
        aside.print(f"These credentials end on {proof.expires}.")


def _agreed(piped: bool) -> bool:
    return not piped and typer.confirm("They allow more than anybody here needs. Keep them all the same?", err=True)


def _farewell(settings: Settings, connector: Connector, place: Path, key: str) -> None:
    aside.print(f"Kept in {place}, encrypted; desk.toml names {connector.title}.", markup=False, highlight=False)
    if key:
        aside.print("Its key is shown this once. Set it wherever the desk runs:", highlight=False)
        console.print(f"DESKHAND_SECRETS_KEY={key}", markup=False, highlight=False, soft_wrap=True)
    for number, step in enumerate(connector.webhook, 1):
        aside.print(f"  {number}. {step}", markup=False, highlight=False, soft_wrap=True)
    if connector.webhook:
        at = settings.table.receipts.address or "https://<where this desk is served>"
        aside.print(f"The address for its events: {at}/webhooks/{connector.system}", markup=False, soft_wrap=True)
    aside.print("`deskhand doctor` tells when the first event has come.")


def _refuse(as_json: bool, why: str) -> None:
    if as_json:
        print_json({"connected": None, "why": why})
    aside.print(why, markup=False, highlight=False, soft_wrap=True)
    raise SystemExit(1)

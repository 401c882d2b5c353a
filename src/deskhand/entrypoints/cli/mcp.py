"""`deskhand mcp`: the desk's tools for the assistant of one person, over standard input and output."""

import os
import sys
from pathlib import Path

from fastapi import HTTPException

from deskhand.bootstrap import Installation, open_desk
from deskhand.domain.errors import DeskFault, Fault
from deskhand.domain.suggestion import Person
from deskhand.entrypoints.mcp.stdio import talk
from deskhand.entrypoints.mcp.tools import server_of
from deskhand.entrypoints.people import by_token
from deskhand.entrypoints.printing import aside
from deskhand.settings import Settings, read_settings

TOKEN = "DESKHAND_PERSON_TOKEN"


def run(folder: Path, *, person: str) -> None:
    """Until the input ends. With a person's token in the environment, or as `person` for who owns the desk folder."""
    settings = read_settings(folder)
    with open_desk(settings, tell=aside.print) as installation:
        talk(server_of(installation, _caller(installation, settings, person)), sys.stdin.buffer, sys.stdout.buffer)


def _caller(installation: Installation, settings: Settings, person: str) -> Person:
    if token := settings.secrets.get(TOKEN, ""):
        try:
            found = by_token(installation, token).person
        except HTTPException as error:
            raise _fault(
                settings, f"{TOKEN} is the token of nobody here; `deskhand serve` prints each one's"
            ) from error
        if person and person != found.id:
            raise _fault(settings, f"{TOKEN} is not the token of {person}; nobody else was let in")
        return found
    if not person:
        raise _fault(settings, f"say --as PERSON, one of [people], or set {TOKEN} to the token of one")
    if person not in installation.people:
        raise _fault(settings, f"{person!r} is nobody of [people]; there are {', '.join(sorted(installation.people))}")
    if settings.folder.stat().st_uid != os.getuid():
        raise _fault(settings, f"this folder is another user's, so --as says nothing; set {TOKEN} to a person's token")
    return installation.people[person]


def _fault(settings: Settings, what: str) -> DeskFault:
    return DeskFault((Fault(str(settings.folder / "desk.toml"), 1, what),))

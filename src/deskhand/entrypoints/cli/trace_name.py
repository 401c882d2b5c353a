"""`deskhand trace-name`: what traces and logs call a ticket."""

from pathlib import Path

from deskhand.bootstrap import trace_name
from deskhand.entrypoints.printing import print_json
from deskhand.settings import read_settings


def run(folder: Path, ticket: str, *, as_json: bool) -> None:
    """One line, to search by."""
    name = trace_name(read_settings(folder), ticket)
    if as_json:
        print_json({"ticket": ticket, "name": name})
    else:
        print(name)

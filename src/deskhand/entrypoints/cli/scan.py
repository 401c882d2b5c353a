"""`deskhand scan cards`: card numbers in what is stored already."""

from pathlib import Path
from typing import Annotated

import typer

from deskhand.entrypoints.printing import console, print_json

scan_app = typer.Typer(help="Look for what must not be stored.", no_args_is_help=True)
HERE = Path()


@scan_app.command("cards")
def cards(
    desk: Annotated[Path, typer.Option("--desk", help="The desk folder.")] = HERE,
    mend: Annotated[bool, typer.Option("--mend", help="Leave first six and last four digits of each.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text for people.")] = False,
) -> None:
    """Look for card numbers in every table and file of a desk; exit with 1 while some are left."""
    from deskhand.bootstrap.card_scan import find_cards
    from deskhand.settings import read_settings

    hits = list(find_cards(read_settings(desk), mend=mend))
    left = sum(one.found - one.masked for one in hits)
    if json:
        print_json({"ok": not left, "left": left, "places": [vars(one) for one in hits]})
    else:
        for one in hits:
            console.print(f"{one.place}: {one.found} found, {one.masked} masked", markup=False, highlight=False)
        console.print(_told(left, bool(hits), mend))
    if left:
        raise SystemExit(1)


def _told(left: int, found: bool, mend: bool) -> str:
    if not found:
        return "No card number is stored here."
    if not left:
        return "All were masked: none is stored here any more."
    if not mend:
        return f"{left} are left. Nothing was changed: `deskhand scan cards --mend` masks them."
    return f"{left} are left in the journal or in keys, which are never changed. Everything else was masked."

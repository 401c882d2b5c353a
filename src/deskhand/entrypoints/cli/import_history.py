"""`deskhand import`: the past of a help desk, or of a file, a page at a time."""

from pathlib import Path

from deskhand.bootstrap import import_from
from deskhand.domain.errors import ConnectorError, DeskFault
from deskhand.entrypoints.printing import aside, console, print_json
from deskhand.settings import read_settings


def run(folder: Path, source: str, *, own: list[str], as_json: bool) -> None:
    """What was kept stays kept when it stops in the middle; the same command goes on there. Exit with 1 then."""
    kept = known = gone = 0
    failed = ""
    try:
        for page in import_from(read_settings(folder), source, own, aside.print):
            kept, known, gone = kept + page.kept, known + page.known, gone + page.gone
            upto = f", up to {page.upto:%Y-%m-%d}" if page.upto else ""
            aside.print(f"{kept} tickets taken over{upto} ...", style="dim", highlight=False)
    except (ConnectorError, DeskFault) as error:
        failed = str(error)
    if as_json:
        print_json({"source": source, "kept": kept, "known": known, "gone": gone, "failed": failed})
    else:
        also = f", {known} were known" * bool(known) + f", {gone} are no more" * bool(gone)
        console.print(f"{source}: {kept} tickets taken over{also}.", markup=False, highlight=False)
    if failed:
        aside.print(f"It stopped: {failed}. What was taken over is kept; run it again to go on.", markup=False)
        raise SystemExit(1)

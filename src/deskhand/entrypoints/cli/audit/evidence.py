"""`deskhand audit evidence`: a folder for an auditor, a file for each control, with what each shows and does not."""

import hashlib
import html
import json
import shutil
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from deskhand import __version__
from deskhand.bootstrap import Queries, desk_digest, now, open_journal, open_store, verify_all
from deskhand.domain.errors import DeskFault, Fault
from deskhand.domain.journal_line import Broken, Sought
from deskhand.entrypoints.printing import console, plain, print_json
from deskhand.measurement.controls import CONTROLS, Control
from deskhand.measurement.security_events import event
from deskhand.settings import Settings, read_settings
from deskhand.workflows.export_journal import note_export

SCAN = "vulnerability-scan"


@dataclass(frozen=True)
class Shown:
    """One control with how many lines there are of each kind, and what is missing."""

    control: Control
    counts: Counter[str]

    @property
    def missing(self) -> tuple[str, ...]:
        return self.control.missing(self.counts)


def run(folder: Path, to: Path, *, days: int, scan: Path | None, by: str, as_json: bool) -> None:
    """Exit with 1 when the journal is broken: the folder is made all the same, and says so."""
    settings, moment = read_settings(folder), now()
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise DeskFault((Fault(str(to), 1, "is not empty; name a folder that is. Nothing was written"),))
    results = _results(scan)
    if scan is not None and not results:
        raise DeskFault((Fault(str(scan), 1, "is no file, and no folder with files. Nothing was written"),))
    to.mkdir(parents=True, exist_ok=True)
    since = moment - timedelta(days=days)
    with open_journal(settings) as journal, open_store(settings) as store:
        note_export(store, Sought(since=since), "evidence", by=by, now=moment)
        proof, signed = verify_all(settings, journal)
        shown = _lines(journal, since, to)
    verified = {"at": moment, "result": proof, "whole": not isinstance(proof, Broken), "signed_lines": signed}
    _json(to / "verified.json", verified)
    _json(to / "people.json", _people(settings))
    kept = _keep(results, to)
    period = f"{since:%Y-%m-%d} to {moment:%Y-%m-%d}"
    whole = f"broken at line {proof.seq}: {proof.why}" if isinstance(proof, Broken) else f"whole, {proof.lines} lines"
    about = {"company": settings.table.company, "period": period, "journal": whole, "desk": desk_digest(settings)[:12]}
    (to / "README.md").write_text(_markdown(about, shown, kept), "utf-8")
    (to / "index.html").write_text(_page(about, shown, kept), "utf-8")
    _json(to / "manifest.json", {one.name: _digest(one) for one in sorted(to.iterdir())})
    if as_json:
        told = [{"control": one.control.id, "lines": one.counts.total(), "missing": one.missing} for one in shown]
        print_json({"folder": str(to), "verified": verified["whole"], "controls": told, "scan": kept})
    else:
        console.print(f"{to}: {len(shown)} controls; the journal is {whole}.", markup=False, soft_wrap=True)
        for one in shown:
            for why in one.missing:
                console.print(f"Missing for {one.control.id}: {why}.", markup=False, soft_wrap=True)
        if not kept:
            console.print("Missing: the result of a vulnerability scan (--scan).")
    if isinstance(proof, Broken):
        raise SystemExit(1)


def _lines(journal: Queries, since: datetime, to: Path) -> list[Shown]:
    """One pass over the journal, a file for each control."""
    shown = [Shown(control, Counter()) for control in CONTROLS]
    with ExitStack() as stack:
        files = [stack.enter_context((to / one.control.file).open("x", encoding="utf-8")) for one in shown]
        for line in journal.found_all(Sought(since=since), journal.newest() + 1):
            for one, file in zip(shown, files, strict=True):
                if one.control.covers(line.kind):
                    one.counts[line.kind] += 1
                    file.write(json.dumps(event(line, __version__), ensure_ascii=False) + "\n")
    return shown


def _people(settings: Settings) -> dict[str, object]:
    table = settings.table
    systems = [name for name, one in table.systems if one]
    return {"people": {name: sorted(roles) for name, roles in table.people.items()}, "systems": systems}


def _results(scan: Path | None) -> list[Path]:
    """One file, or those of a folder, such as `make audit` leaves."""
    if scan is None:
        return []
    return sorted(one for one in scan.iterdir() if one.is_file()) if scan.is_dir() else [scan] * scan.is_file()


def _keep(results: list[Path], to: Path) -> list[str]:
    """The names of the copies."""
    several = len(results) > 1
    names = {one: f"{SCAN}-{one.name}" if several else f"{SCAN}{one.suffix}" for one in results}
    return [Path(shutil.copy(one, to / name)).name for one, name in names.items()]


def _rows(shown: list[Shown], kept: list[str]) -> list[tuple[str, str, str, str, str, str]]:
    """Control, title, file, what it shows, from which lines, what is missing."""
    rows = []
    for one in shown:
        lines = ", ".join(f"{kind} ({count})" for kind, count in sorted(one.counts.items())) or "none"
        missing = "; ".join([*one.missing, f"from elsewhere: {one.control.not_shown}"])
        rows.append((one.control.id, one.control.title, one.control.file, one.control.shows, lines, missing))
    shows = "The result of a scan for known vulnerabilities, as it was given."
    missing = "who ran it, when, and on which release" if kept else "no result was given: use --scan"
    scans = [("CC7.1", "Vulnerabilities", one, shows, "no lines of the journal", missing) for one in kept or [""]]
    return [*rows, *scans]


def _markdown(about: dict[str, str], shown: list[Shown], kept: list[str]) -> str:
    text = [f"# Evidence of {about['company']}, {about['period']}", ""]
    text += [f"The journal is {about['journal']}. The desk folder is {about['desk']}. Files hold lines of the journal,"]
    text += ["each with its number and hash; `manifest.json` has the SHA-256 of each file.", ""]
    for id, title, file, shows, lines, missing in _rows(shown, kept):
        text += [f"## {id}: {title}", "", f"- File: {file or 'none'}", f"- Shows: {shows}", f"- Lines: {lines}"]
        text += [f"- Missing: {missing}", ""]
    return "\n".join(text)


def _page(about: dict[str, str], shown: list[Shown], kept: list[str]) -> str:
    heads = ("Control", "What", "File", "Shows", "Lines", "Missing")
    cells = "".join(f"<th scope=col>{one}</th>" for one in heads)
    rows = []
    for row in _rows(shown, kept):
        told = [html.escape(one) for one in row]
        told[2] = f'<a href="{told[2]}">{told[2]}</a>' if told[2] else "none"
        rows.append("<tr>" + "".join(f"<td>{one}</td>" for one in told) + "</tr>")
    title = html.escape(f"Evidence of {about['company']}, {about['period']}")
    style = "body{font:16px/1.5 sans-serif;margin:2rem}td,th{border:1px solid #999;padding:.5rem;vertical-align:top}"
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title><style>{style}</style>'
        f"<h1>{title}</h1><p>The journal is {html.escape(about['journal'])}. The desk folder is {about['desk']}.</p>"
        f"<table><thead><tr>{cells}</tr></thead><tbody>{''.join(rows)}</tbody></table></html>\n"
    )


def _json(file: Path, value: object) -> None:
    file.write_text(json.dumps(plain(value), ensure_ascii=False, indent=2) + "\n", "utf-8")


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()

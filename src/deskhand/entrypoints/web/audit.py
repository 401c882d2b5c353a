"""The audit log: the journal searched, its chain computed again, and a copy to take away."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, StreamingResponse

from deskhand.bootstrap import Installation
from deskhand.domain.journal_line import Broken, JournalLine, ProvedPart, Sought
from deskhand.domain.rights import Right
from deskhand.entrypoints.people import Caller
from deskhand.entrypoints.rights import needs
from deskhand.entrypoints.web.forms import Author
from deskhand.entrypoints.web.frame import page
from deskhand.workflows.export_journal import note_export

router = APIRouter(include_in_schema=False)
SHOWN = 50  # lines on one page
AT_ONCE = 100_000  # lines that one click proves: about two seconds
COLUMNS = ("line", "time", "kind", "ticket", "body", "hash")
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")  # what a spreadsheet would take for a formula
GIST = ("action", "procedure", "outcome", "state", "effect", "rule", "end", "to", "scope", "reason", "why")
Words = Annotated[str, Query(max_length=200)]
Field = Annotated[str, Form(max_length=200)]


@router.get("/audit", dependencies=[needs(Right.READ, whole=True)])
def audit(
    request: Request,
    caller: Caller,
    kind: Words = "",
    ticket: Words = "",
    person: Words = "",
    q: Words = "",
    since: Words = "",
    until: Words = "",
    before: Annotated[int | None, Query(ge=1, le=2**53)] = None,
) -> HTMLResponse:
    """Newest first."""
    asked = {"kind": kind, "ticket": ticket, "person": person, "q": q, "since": since, "until": until}
    return page(request, caller, "audit.html", {**listing(request, asked, before), "proof": None})


@router.post("/audit/verify", dependencies=[needs(Right.READ, whole=True)])
def verify(
    request: Request,
    caller: Author,
    after: Annotated[int, Form(ge=0, le=2**53)] = 0,
    link: Annotated[str, Form(max_length=64)] = "",
) -> HTMLResponse:
    """Compute the chain again, so many lines with a click: a long one goes on with the next click."""
    installation: Installation = request.app.state.installation
    proof = installation.queries.verify_on(after, link, AT_ONCE)
    return page(request, caller, "audit.html", {**listing(request, {}, None), "proof": _proof(proof)})


@router.post("/audit/export", dependencies=[needs(Right.READ, whole=True)])
def export(
    request: Request,
    caller: Author,
    form_of: Annotated[Literal["jsonl", "csv"], Form(alias="as")],
    kind: Field = "",
    ticket: Field = "",
    person: Field = "",
    q: Field = "",
    since: Field = "",
    until: Field = "",
) -> StreamingResponse:
    """Every line that is looked for, oldest first. The line that tells of this copy stands behind what it holds."""
    installation: Installation = request.app.state.installation
    asked = {"kind": kind, "ticket": ticket, "person": person, "q": q, "since": since, "until": until}
    now = installation.desk.clock()
    before = note_export(installation.store, sought(asked), form_of, by=caller.id, now=now)
    lines = installation.queries.found_all(sought(asked), before)
    name = f"journal-{now:%Y%m%d-%H%M%S}.{form_of}"
    kinds = {"jsonl": "application/x-ndjson", "csv": "text/csv; charset=utf-8"}
    return StreamingResponse(
        as_csv(lines) if form_of == "csv" else as_json_lines(lines),
        media_type=kinds[form_of],
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


def listing(request: Request, asked: Mapping[str, str], before: int | None) -> dict[str, object]:
    """One page of lines as the template takes it."""
    installation: Installation = request.app.state.installation
    found = installation.queries.found(sought(asked), SHOWN + 1, before)
    shown = found[:SHOWN]
    return {
        "asked": {name: asked.get(name, "").strip() for name in ("kind", "ticket", "person", "q", "since", "until")},
        "kinds": installation.queries.kinds(),
        "rows": [(line, who(line.body), gist(line.body)) for line in shown],
        "older": shown[-1].seq if len(found) > SHOWN else None,
        "first": before is None,
    }


def sought(asked: Mapping[str, str]) -> Sought:
    """Days are whole days in UTC, the last one too; what is no day asks for nothing."""
    words = {name: value.strip() for name, value in asked.items()}
    until = _day(words.get("until", ""))
    return Sought(
        kind=words.get("kind", ""),
        ticket=words.get("ticket", ""),
        person=words.get("person", ""),
        words=words.get("q", ""),
        since=_day(words.get("since", "")),
        until=until + timedelta(days=1) if until else None,
    )


def who(body: Mapping[str, object]) -> str:
    """Who did it, as the line tells; "" for the assistant's own lines."""
    return next((str(body[key]) for key in ("by", "person") if body.get(key)), "")


def gist(body: Mapping[str, object]) -> str:
    """The line in a few words; all of it is one click away."""
    told = [f"{key}: {body[key]}" for key in GIST if isinstance(body.get(key), str | int) and body[key] != ""]
    return ", ".join(told[:3])


def as_json_lines(lines: Iterator[JournalLine]) -> Iterator[str]:
    for line in lines:
        yield json.dumps(_told(line), ensure_ascii=False) + "\n"


def as_csv(lines: Iterator[JournalLine]) -> Iterator[str]:
    """For spreadsheets: no cell is taken for a formula."""
    yield _row(COLUMNS)
    for line in lines:
        told = _told(line)
        told["body"] = json.dumps(line.body, ensure_ascii=False, sort_keys=True)
        yield _row([harmless(str(told[name])) for name in COLUMNS])


def harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(RISKY) else cell


def _told(line: JournalLine) -> dict[str, object]:
    at = line.at.astimezone(UTC).isoformat()
    return {
        "line": line.seq,
        "time": at,
        "kind": line.kind,
        "ticket": line.ticket,
        "body": line.body,
        "hash": line.hash,
    }


def _row(cells: list[str] | tuple[str, ...]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()


def _proof(proof: ProvedPart | Broken) -> dict[str, object]:
    match proof:
        case Broken(seq, why):
            return {"whole": False, "broken": seq, "why": why, "upto": seq - 1, "link": "", "newest": seq}
        case ProvedPart(upto, link, newest):
            return {"whole": proof.whole, "broken": 0, "why": "", "upto": upto, "link": link, "newest": newest}


def _day(text: str) -> datetime | None:
    """Its beginning. The very last day of the calendar is none: no other follows it."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return datetime.combine(day, time(), UTC) if day < date.max else None

"""Knowledge: what is missing, old or at odds, every article, and a question tried without sending anything."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse

from deskhand.bootstrap import Installation, knowledge_health, try_question
from deskhand.domain.article import Asker
from deskhand.domain.errors import DeskFault
from deskhand.domain.rights import Right
from deskhand.domain.suggestion import Person
from deskhand.entrypoints.people import Caller
from deskhand.entrypoints.rights import needs
from deskhand.entrypoints.web.frame import page, render, wants_parts
from deskhand.measurement.knowledge.health import Health

router = APIRouter(include_in_schema=False)
SHOWN = 50  # articles on one page
MOST = 20  # of each section
Words = Annotated[str, Query(max_length=2000)]


@dataclass(frozen=True)
class Text:
    """An article's text around the passage that is quoted; `quote` is empty where none is found."""

    before: str
    quote: str
    after: str


@router.get("/knowledge", dependencies=[needs(Right.READ)])
def knowledge(
    request: Request,
    caller: Caller,
    ask: Words = "",
    customer: bool = False,
    find: Annotated[str, Query(max_length=200)] = "",
    number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> HTMLResponse:
    """What takes long is loaded after the page."""
    return page(request, caller, "knowledge.html", _values(request, ask, customer, find, number))


@router.get("/knowledge/health", dependencies=[needs(Right.READ, whole=True)])
def health(request: Request, caller: Caller) -> HTMLResponse:
    """Gaps, stale articles and contradictions, computed now; as a part of the page for our own script."""
    told = _health(request, caller)
    if wants_parts(request):
        return HTMLResponse(render(request, caller, "parts/knowledge_health.html", told))
    return page(request, caller, "knowledge.html", {**_values(request, "", False, "", 1), **told})


@router.get("/articles/{source:path}", dependencies=[needs(Right.READ)])
def article(source: str, request: Request, caller: Caller, quote: Words = "") -> HTMLResponse:
    """The article as it is now, as plain text, with the passage that was quoted."""
    installation: Installation = request.app.state.installation
    found = installation.queries.article(source)
    if found is None:
        raise HTTPException(404, f"There is no article {source[:200]}. It may have been renamed or removed.")
    values = {"article": found, "quote": quote, "text": marked(found.text, quote)}
    return page(request, caller, "article.html", values)


def marked(text: str, quote: str) -> Text:
    """Where the quote stands in the text, letter for letter."""
    at = text.find(quote) if quote else -1
    return Text(text, "", "") if at < 0 else Text(text[:at], quote, text[at + len(quote) :])


def _values(request: Request, ask: str, customer: bool, find: str, number: int) -> dict[str, object]:
    installation: Installation = request.app.state.installation
    question, words = ask.strip(), find.strip()
    trial = try_question(installation.desk.knowledge, question, Asker(verified=customer)) if question else None
    rows = installation.queries.articles(words, limit=SHOWN + 1, offset=(number - 1) * SHOWN)
    return {
        "ask": question,
        "customer": customer,
        "trial": trial,
        "models": installation.settings.table.chain,
        "find": words,
        "rows": rows[:SHOWN],
        "number": number,
        "more": len(rows) > SHOWN,
        "old": installation.desk.clock() - timedelta(days=installation.settings.table.knowledge.stale_days),
        "health": None,
        "fault": "",
        "most": MOST,
    }


def _health(request: Request, caller: Person) -> dict[str, object]:
    installation: Installation = request.app.state.installation
    found: Health | None = None
    fault = ""
    try:
        found = knowledge_health(installation.settings, now=installation.desk.clock(), progress=_untold)
    except DeskFault as error:
        fault = str(error.faults[0])
    return {"health": found, "fault": fault, "most": MOST}


def _untold(what: str, done: int, total: int) -> None:
    """Nobody watches."""

"""The link in the letter that asks how satisfied a customer is: one question, one free line, no sign-in."""

from datetime import timedelta
from hashlib import sha256
from math import ceil
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from deskhand.bootstrap import Installation
from deskhand.domain.phrases import ENGLISH
from deskhand.domain.survey_phrases import SurveyPhrases, survey_phrases_in
from deskhand.domain.visit import HIGHEST, LOWEST
from deskhand.entrypoints.rights import Door, open_to
from deskhand.entrypoints.web.frame import letter
from deskhand.workflows.rate_by_link import LONGEST, Taken, answered, language_of, open_still, rate_by_link

router = APIRouter(include_in_schema=False)
HOUR = timedelta(hours=1)
TRIES, FROM_ONE_PLACE = 10, 100  # within an hour: for one ticket, and from one address


@router.get("/ratings/{token}", dependencies=[open_to(Door.ADDRESS)])
def rating(token: str, request: Request, told: str = "") -> HTMLResponse:
    """Nothing is kept by looking: programs that read mail open every link in it."""
    installation, name = _found(token, request)
    return _page(request, installation, name, thanks=told == Taken.KEPT)


@router.post("/ratings/{token}", dependencies=[open_to(Door.ADDRESS)])
def rate(
    token: str,
    request: Request,
    score: Annotated[int, Form(ge=LOWEST, le=HIGHEST)],
    words: Annotated[str, Form(max_length=2 * LONGEST)] = "",
) -> Response:
    installation, name = _found(token, request)
    now, phrases = installation.desk.clock(), _phrases(installation, name)
    place = request.client.host if request.client else ""
    with installation.store.begin() as tx:
        many = tx.visits.come(f"rating/{sha256(name.encode()).hexdigest()}", now, now - HOUR, TRIES)
        many = many or tx.visits.come(f"rating-from/{place}", now, now - HOUR, FROM_ONE_PLACE)
    if many:
        wait = max(1, ceil((many + HOUR - now).total_seconds()))
        raise HTTPException(429, phrases.again, {"retry-after": str(wait)})
    match rate_by_link(installation.store, name, score, words, now):
        case Taken.CLOSED:
            return _page(request, installation, name, thanks=False)
        case Taken.KEPT:
            address = request.url_for("rating", token=token).include_query_params(told=str(Taken.KEPT))
            return RedirectResponse(address, 303)


def _page(request: Request, installation: Installation, name: str, *, thanks: bool) -> HTMLResponse:
    before = answered(installation.store, name)
    open_ = open_still(installation.store, name, installation.desk.clock())
    values = {
        "company": installation.settings.table.company,
        "phrases": _phrases(installation, name),
        "language": language_of(installation.store, name) or ENGLISH,
        "score": before.score if before else 0,
        "words": before.words if before else "",
        "scores": range(LOWEST, HIGHEST + 1),
        "thanks": thanks,
        "open": open_,
        "longest": LONGEST,
    }
    return letter(request, "rating.html", values, 200 if open_ else 410)


def _phrases(installation: Installation, name: str) -> SurveyPhrases:
    return survey_phrases_in(language_of(installation.store, name))


def _found(token: str, request: Request) -> tuple[Installation, str]:
    installation: Installation = request.app.state.installation
    name = installation.rated(token)
    if name is None:
        raise HTTPException(404, "This is no address of ours. Copy it whole from the message. Nothing was kept.")
    return installation, name

"""How this person wants their pages: cookies of their browser, and nothing of ours."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from deskhand.domain.rights import Right
from deskhand.entrypoints.rights import needs
from deskhand.entrypoints.web.forms import Author
from deskhand.entrypoints.web.frame import inside, wants_parts
from deskhand.entrypoints.web.language import LANGUAGES

router = APIRouter(include_in_schema=False)
YEAR = 365 * 24 * 3600


@router.post("/preferences", dependencies=[needs(Right.READ)])
def preferences(
    request: Request,
    caller: Author,
    theme: Annotated[Literal["system", "light", "dark"], Form()],
    keys: Annotated[Literal["on", "off"], Form()],
    language: Annotated[str, Form()],
    next: Annotated[str, Form()] = "/",
) -> Response:
    """Keep them, and stay where one was."""
    answer: Response = HTMLResponse("") if wants_parts(request) else RedirectResponse(inside(next), 303)
    chosen = {"theme": theme, "keys": keys} | ({"language": language} if language in LANGUAGES else {})
    for name, value in chosen.items():
        answer.set_cookie(
            name, value, max_age=YEAR, samesite="lax", httponly=True, secure=request.url.scheme == "https"
        )
    return answer

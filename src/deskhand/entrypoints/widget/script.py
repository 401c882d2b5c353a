"""The one script that a page of the company's loads, and its words in the language of the page."""

import gzip
import re
from functools import cache
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

import deskhand.entrypoints.web
from deskhand.domain.phrases import ENGLISH
from deskhand.entrypoints.rights import Door, open_to

router = APIRouter(include_in_schema=False)
STATIC = Path(deskhand.entrypoints.web.__file__).parent / "static"
FOR_READERS = re.compile(rb"(?m)^[ \t]*(?://.*\n|/\*\*.*\*/\n)?[ \t]*")  # indentation, and lines that are comments
HEADERS = {
    "cache-control": "public, max-age=300",  # the addresses stay, so a new version must reach pages soon
    "access-control-allow-origin": "*",  # a module is fetched with CORS
    "cross-origin-resource-policy": "cross-origin",
    "vary": "accept-encoding",
}


@router.get("/widget.js", dependencies=[open_to(Door.ANYBODY)])
def script(request: Request) -> Response:
    return _sent(request, STATIC / "widget.js", "text/javascript; charset=utf-8")


@router.get("/widget.json", dependencies=[open_to(Door.ANYBODY)])
def words(request: Request, locale: Annotated[str, Query(max_length=40)] = ENGLISH) -> Response:
    """In this language (a BCP 47 tag), or in English."""
    language = locale.lower().partition("-")[0]
    known = language if language in {one.stem for one in (STATIC / "widget").glob("*.json")} else ENGLISH
    return _sent(request, STATIC / "widget" / f"{known}.json", "application/json")


def _sent(request: Request, file: Path, type: str) -> Response:
    small = "gzip" in request.headers.get("accept-encoding", "")
    encoded = {"content-encoding": "gzip"} if small else {}
    return Response(_content(file, small), headers={**HEADERS, **encoded, "content-type": type})


@cache
def _content(file: Path, small: bool) -> bytes:
    content = FOR_READERS.sub(b"", file.read_bytes())
    return gzip.compress(content, 9, mtime=0) if small else content

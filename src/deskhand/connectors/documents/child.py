"""The process in which documents are read: whatever one of them does to it, nothing else comes to harm.

It gets bytes and gives text: no key, no network of its own, no file that it could write.
"""

import json
import os
import resource
import sys
from dataclasses import asdict
from typing import IO, Any

from deskhand.connectors.documents.document import LONGEST, Document
from deskhand.domain.errors import Unreadable

MEMORY = 1024 * 1024 * 1024


def serve() -> None:
    """A line of JSON says what comes, then it comes; a line of JSON is the answer. Until nothing comes."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    _limit()
    while line := sys.stdin.buffer.readline():
        asked = json.loads(line)
        _answer(answers, _read(asked, sys.stdin.buffer.read(asked["bytes"])))


def _read(asked: dict[str, Any], data: bytes) -> dict[str, Any]:
    try:
        found = _document(asked, data)
    except Unreadable as error:
        return {"why": str(error)}
    except MemoryError:
        return {"why": "it takes more memory than we give to one document"}
    if len(found.text) > LONGEST:
        return {"why": "it holds more text than we keep of one document"}
    if not found.text.strip():
        return {"why": "it holds no text"}
    changed = found.changed.isoformat() if found.changed else None
    return asdict(found) | {"changed": changed}


def _document(asked: dict[str, Any], data: bytes) -> Document:
    """The library that reads it is loaded at its first use: most sources hold one kind."""
    match asked["kind"]:
        case "html":
            from deskhand.connectors.documents.html import read_html

            return read_html(data, asked["charset"], asked["base"])
        case "pdf":
            from deskhand.connectors.documents.pdf import read_pdf

            return read_pdf(data)
        case "docx":
            from deskhand.connectors.documents.docx import read_docx

            return read_docx(data)
        case unexpected:
            raise Unreadable(f"it is of a kind that we do not read ({unexpected})")


def _answer(answers: IO[bytes], answer: dict[str, Any]) -> None:
    answers.write(json.dumps(answer).encode("ascii") + b"\n")
    answers.flush()


def _limit() -> None:
    """Memory where the system keeps to it (macOS does not), no core left behind, no file longer than nothing."""
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0)):
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))

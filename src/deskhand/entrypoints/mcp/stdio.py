"""MCP over standard input and output: one JSON a line, until the input ends."""

import json
from collections.abc import Iterable
from typing import BinaryIO

from deskhand.domain.errors import DeskhandError
from deskhand.entrypoints.mcp.protocol import INTERNAL, PARSE, Json, Server, failure

LARGEST = 1024 * 1024  # bytes of a line


def talk(server: Server, lines: Iterable[bytes], out: BinaryIO) -> None:
    """Answer each line; one that cannot be read is told so, and the next one is read."""
    for line in lines:
        if line.strip() and (answer := _answer(server, line)) is not None:
            out.write(json.dumps(answer).encode("ascii") + b"\n")
            out.flush()


def _answer(server: Server, line: bytes) -> Json | None:
    if len(line) > LARGEST:
        return failure(None, PARSE, f"more than {LARGEST} bytes")
    try:
        message = json.loads(line)
    except (ValueError, RecursionError):
        return failure(None, PARSE, "no JSON")
    try:
        return server.answer(message)
    except DeskhandError as error:
        return failure(message["id"], INTERNAL, f"{type(error).__name__}. Nothing was done.")

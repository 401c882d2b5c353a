"""How a file of a customer's is handed to an agent's browser."""

from urllib.parse import quote

from fastapi import Request
from fastapi.responses import Response

from deskhand.bootstrap import Installation
from deskhand.domain.errors import UnknownTicket
from deskhand.workflows.open_attachment import Opened


def known(request: Request, ticket: str) -> Installation:
    """`UnknownTicket` for one that was never ours to look at, whatever its system would tell us of it."""
    installation: Installation = request.app.state.installation
    if not installation.queries.timeline(ticket):
        raise UnknownTicket(f"There is no ticket {ticket}.")
    return installation


def download(opened: Opened) -> Response:
    """Kept by no cache, shown by no browser, and, should one try, in a box where nothing runs."""
    name = f"filename=\"{_ascii(opened.name)}\"; filename*=UTF-8''{quote(opened.name, '')}"
    headers = {
        "content-type": opened.type,
        "content-disposition": f"attachment; {name}",
        "content-security-policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
        "cross-origin-resource-policy": "same-origin",
        "x-deskhand-scan": "clean" if opened.scanned else "not scanned",
    }
    return Response(opened.content, headers=headers)


def _ascii(name: str) -> str:
    """For what does not know the other form. Nothing in it ends the quotation."""
    return "".join(one if one.isascii() and one.isprintable() and one not in '"\\%' else "_" for one in name)

"""What traces and logs of a desk call a ticket."""

from deskhand.bootstrap.secret import desk_secret
from deskhand.infrastructure.telemetry import ticket_name
from deskhand.settings import Settings


def trace_name(settings: Settings, ticket: str) -> str:
    """What traces and logs of this desk call a ticket."""
    settings.state.mkdir(parents=True, exist_ok=True)  # a desk that was never started gets its secret now
    return ticket_name(desk_secret(settings), ticket)

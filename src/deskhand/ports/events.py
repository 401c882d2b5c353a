"""Telling a company's own systems what happened here."""

from typing import Protocol


class Poster(Protocol):
    def post(self, id: str, body: bytes) -> None:
        """Once; whoever gets it knows a repeat by its id. A `ConnectorError` when it was not surely taken."""
        ...

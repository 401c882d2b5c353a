"""The twins of Stripe and Zendesk as systems that go away, and lose the answers to what they did."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

from tests.crash.twins import Twins

LOST = 0.5  # of the changes asked for during an outage: they are made, and never answered


class Systems(Twins):
    """`customers` are people who were charged twice; `address` is where all systems are."""

    def __init__(self, folder: Path, random: Random):
        super().__init__(folder)
        self._random, self._away = random, False

    @contextmanager
    def outage(self) -> Iterator[None]:
        """Meanwhile every reading is refused; a change is refused as well, or made and refused."""
        self._away = True
        try:
            yield
        finally:
            self._away = False

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if not self._away:
            await super().__call__(scope, receive, send)
            return
        if scope["method"] != "GET" and self._random.random() < LOST:
            await super().__call__(scope, receive, _unheard)
        await send({"type": "http.response.start", "status": 503, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})


async def _unheard(_message: object) -> None:
    pass

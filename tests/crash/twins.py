"""The twins of Stripe and Zendesk in this process, behind one real door on 127.0.0.1 that can kill who knocks."""

import os
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import uvicorn

from deskhand.bootstrap import now
from deskhand.connectors.stripe.twin import StripeTwin
from deskhand.connectors.world import Someone, World, make_world, read_recipe
from deskhand.connectors.zendesk.twin import ZendeskTwin

BEFORE, AFTER = "before a request", "after a change"
PEOPLE = 400
RECIPE = Path(__file__).parents[2] / "examples" / "lumen" / "twins.toml"


class Twins:
    """`customers` are people who were charged twice, a small amount; `address` is where the door is."""

    def __init__(self, folder: Path):
        self.world = _world()
        self.stripe = StripeTwin(str(folder / "stripe.sqlite"), now)
        self.zendesk = ZendeskTwin(str(folder / "zendesk.sqlite"), now)
        self.stripe.seed(self.world)
        self.zendesk.seed(self.world)
        self.customers = iter([one for one in self.world.people if one.situation == "double_charge_small"])
        self.address = ""
        self.spare()

    def lie_in_wait(self, when: str, number: int, client: int) -> None:
        """From now on, kill the process `client` BEFORE request `number` is heard, or AFTER change `number` is made.

        Nobody hears the answer of that change. After a mere reading nothing differs from before it.
        """
        self._fatal, self._client, self._seen = (when, number), client, {BEFORE: 0, AFTER: 0}

    def spare(self) -> None:
        """Whoever knocks is safe again."""
        self.lie_in_wait("", 0, 0)

    def customer(self) -> Someone:
        """Somebody who has not written yet."""
        return next(self.customers)

    def refunds(self) -> list[dict[str, Any]]:
        return self.stripe.store.every("refund", limit=10 * PEOPLE)

    def sent(self, customer: str = "") -> int:
        """How often an invoice was sent to this customer, or to anybody."""
        every = self.stripe.store.every("invoice", limit=100 * PEOPLE)
        return sum(int(one["metadata"].get("times_sent", 0)) for one in every if customer in ("", one["customer"]))

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self._seen[BEFORE] += 1
        self._seen[AFTER] += scope["method"] != "GET"
        when, number = self._fatal
        app = self.stripe.app if scope["path"].startswith("/v1/") else self.zendesk.app
        if self._seen.get(when) != number or (when == AFTER and scope["method"] == "GET"):
            await app(scope, receive, send)
            return
        if when == AFTER:
            await app(scope, receive, _unheard)
        os.kill(self._client, signal.SIGKILL)
        while (await receive())["type"] != "http.disconnect":
            pass  # a worker that is not dead yet must not hear that its connection is closed

    @contextmanager
    def open(self, host: str = "127.0.0.1") -> Iterator[None]:
        # The protocol is named because asyncio sends small answers at once only when it is.
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.bind((host, 0))
        self.address = f"http://{host}:{listener.getsockname()[1]}"
        server = uvicorn.Server(uvicorn.Config(self, lifespan="off", log_level="critical"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            yield
        finally:
            server.should_exit = True
            thread.join()
            listener.close()
            self.stripe.store.close()
            self.zendesk.store.close()


async def _unheard(_message: object) -> None:
    pass


def _world() -> World:
    recipe = read_recipe(RECIPE.read_text("utf-8"), RECIPE.name)
    made = make_world(replace(recipe, customers=PEOPLE, shares={"double_charge_small": 1.0}), now())
    return replace(made, people=tuple(one for one in made.people if not one.flagged))

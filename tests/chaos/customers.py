"""Customers who write all the while, and a help desk that delivers each message until it is taken."""

import json
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from random import Random

import httpx2
from tests.chaos.systems import Systems
from tests.crash.twins import PEOPLE

from deskhand.connectors.world import Someone

FIRST = (
    "I was charged twice for my subscription this month, please give one of them back.",
    "When will you take the next payment?",
    "I want to talk to a human being, please.",
    "Please send me the latest invoice again.",
)
THEN = (
    "When will you take the next payment?",
    "Please send me the latest invoice again.",
    "I want to talk to a person.",
)
AGAIN = 0.3  # of the messages: from somebody who has a ticket
TWICE = 0.3  # of the deliveries: made once more after they were taken
PACE = (0.1, 1.2)  # seconds between two messages


@dataclass
class Ticket:
    number: int
    customer: Someone
    messages: list[str] = field(default_factory=list)

    @property
    def ref(self) -> str:
        return f"zendesk:ticket:{self.number}"


class Customers:
    """Writes at `url` from `begin` to `end`; `tickets` by their number."""

    def __init__(self, systems: Systems, url: str, random: Random):
        self._systems, self._url, self._random = systems, url, random
        self.tickets: dict[int, Ticket] = {}
        self._due: deque[bytes] = deque()
        self._over = threading.Event()
        self._threads = [threading.Thread(target=one) for one in (self._write, self._deliver)]

    def begin(self) -> None:
        for one in self._threads:
            one.start()

    def end(self) -> None:
        """When everything written was delivered."""
        self._over.set()
        for one in self._threads:
            one.join()

    def _write(self) -> None:
        while not self._over.is_set() and len(self.tickets) < PEOPLE // 2:
            known = list(self.tickets.values())
            if known and self._random.random() < AGAIN:
                ticket, text = self._random.choice(known), self._random.choice(THEN)
                _, body = self._systems.zendesk.receive(ticket.customer.email, text, ticket.number)
            else:
                somebody = self._systems.customer()
                _, body = self._systems.zendesk.receive(somebody.email, self._random.choice(FIRST))
                number = int(json.loads(body)["detail"]["id"])
                ticket = self.tickets[number] = Ticket(number, somebody)
            ticket.messages.append(str(json.loads(body)["event"]["comment"]["id"]))
            self._due.append(body)
            self._over.wait(self._random.uniform(*PACE))

    def _deliver(self) -> None:
        """In the order in which they were written, each until it is taken."""
        with httpx2.Client(base_url=self._url, timeout=10) as client:
            while self._due or not self._over.is_set():
                if not self._due:
                    time.sleep(0.02)
                    continue
                body = self._due[0]
                if not self._taken(client, body):
                    time.sleep(0.2)
                    continue
                if self._random.random() < TWICE:
                    self._taken(client, body)
                self._due.popleft()

    def _taken(self, client: httpx2.Client, body: bytes) -> bool:
        headers, raw = self._systems.zendesk.signed(body)
        try:
            return client.post("/webhooks/zendesk", content=raw, headers=headers).status_code in (200, 202)
        except httpx2.HTTPError:
            return False

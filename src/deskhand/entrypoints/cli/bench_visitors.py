"""Everybody who has a page of the desk open, as one process of its own: what their scripts would ask for, and when.

Reads what there is to visit as JSON on standard input, and writes what it measured, in milliseconds.
"""

import asyncio
import json
import re
import sys
import time
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import httpx2

from deskhand.measurement.metrics import quantile

SOON = 0.12  # seconds a tab waits for more of the same, as `static/app.js` does
AT_ONCE = 20  # people who open a page in the same moment
BETWEEN = 0.5  # seconds between two clicks
FIELD = re.compile(r'name="(form|seen)" value="([^"]+)"')
SUGGESTION = re.compile(r'action="(/suggestions/[^"]+)"')


class Visitors:
    def __init__(self, told: dict[str, Any]):
        self.told = told
        limits = httpx2.Limits(max_connections=None, max_keepalive_connections=None, keepalive_expiry=2)
        self.http = httpx2.AsyncClient(base_url=told["address"], timeout=60, limits=limits)
        self.agent = {"cookie": f"deskhand={told['token']}"}
        self.clicked: dict[str, float] = {}  # when, by ticket
        self.repaints: list[float] = []  # of other tabs in which that ticket is open or listed
        self.ready = 0
        self.coming = asyncio.Semaphore(AT_ONCE)

    async def all(self) -> dict[str, float]:
        told = self.told
        tickets = told["tickets"]
        open_pages = [self._workspace(tickets[number % len(tickets)]) for number in range(told["workspaces"])]
        chats = [self._chat() for _ in range(told["widgets"])]
        tasks = [asyncio.create_task(one) for one in (*open_pages, *chats)]
        while self.ready < len(tasks):
            await asyncio.sleep(0.1)
            failed = [one for one in tasks if one.done()]
            if failed:
                failed[0].result()
        await self._all_answered()
        pages, clicks = [], []
        for ticket in tickets:
            page, click = await self._approve(ticket)
            pages.append(page)
            clicks.append(click)
            await asyncio.sleep(BETWEEN)
        await asyncio.sleep(2)
        for one in tasks:
            one.cancel()
        return {
            "workspaces": told["workspaces"],
            "widgets": told["widgets"],
            "clicks": len(clicks),
            **{f"page_ms_p{part}": quantile(pages, part / 100) or 0.0 for part in (50, 95)},
            **{f"approve_ms_p{part}": quantile(clicks, part / 100) or 0.0 for part in (50, 95)},
            "repaints_elsewhere": len(self.repaints),
            **{f"elsewhere_ms_p{part}": quantile(self.repaints, part / 100) or 0.0 for part in (50, 95)},
        }

    async def _approve(self, ticket: str) -> tuple[float, float]:
        """Milliseconds for the page, and for the answer to the click."""
        began = time.perf_counter()
        page = await self.http.get(f"/inbox/{quote(ticket)}", headers=self.agent)
        loaded = time.perf_counter()
        fields = dict(FIELD.findall(page.text))
        action = SUGGESTION.search(page.text)
        assert action, f"no suggestion on {ticket}: {page.status_code}"
        self.clicked[ticket] = clicked = time.perf_counter()
        data = {**fields, "decision": "approved"}
        answer = await self.http.post(action[1], headers={**self.agent, "x-fragment": "1"}, data=data)
        answer.raise_for_status()
        return 1000 * (loaded - began), 1000 * (time.perf_counter() - clicked)

    async def _workspace(self, opened: str) -> None:
        await self.coming.acquire()
        page = await self.http.get(f"/inbox/{quote(opened)}?view=decide", headers=self.agent)
        page.raise_for_status()
        listed = set(re.findall(r'id="row-([^"]+)"', page.text))
        after = re.search(r'data-event="(\d+)"', page.text)
        assert after, "the page names no event"
        due: dict[str, asyncio.Task[None]] = {}
        async with self.http.stream("GET", f"/events?after={after[1]}", headers=self.agent) as feed:
            self._is_there()
            async for line in feed.aiter_lines():
                if not line.startswith("data: "):
                    continue
                event = json.loads(line[6:])
                ticket = event.get("ticket", "")
                if ticket in due:
                    due[ticket].cancel()
                if ticket == opened or ticket in listed or "decide" in event.get("views", ()):
                    due[ticket] = asyncio.create_task(self._refresh(ticket, ticket == opened))

    async def _refresh(self, ticket: str, opened: bool) -> None:
        await asyncio.sleep(SOON)
        shown = str(opened).lower()
        parts = await self.http.get(
            f"/inbox/{quote(ticket)}/parts?view=decide&opened={shown}", headers={**self.agent, "x-fragment": "1"}
        )
        parts.raise_for_status()
        if ticket in self.clicked:
            self.repaints.append(1000 * (time.perf_counter() - self.clicked[ticket]))

    def _is_there(self) -> None:
        self.ready += 1
        self.coming.release()

    async def _chat(self) -> None:
        await self.coming.acquire()
        site, origin = self.told["site"], {"origin": self.told["origin"]}
        begun = await self.http.post(f"/widget/{site}/session", headers=origin)
        begun.raise_for_status()
        who, talk = {**origin, "authorization": f"Bearer {begun.json()['token']}"}, uuid4().hex
        first = {"conversation": talk, "message": uuid4().hex, "text": "Thank you!"}
        written = await self.http.post(f"/widget/messages?site={site}", json=first, headers=who)
        written.raise_for_status()
        async with self.http.stream("GET", f"/widget/conversations/{talk}/events?site={site}", headers=who) as feed:
            feed.raise_for_status()
            self._is_there()
            async for _ in feed.aiter_lines():
                pass

    async def _all_answered(self) -> None:
        """Until nothing that the visitors wrote is being worked on."""
        while True:
            runs = (await self.http.get("/health")).json()["runs"]
            if not runs["queued"] + runs["running"]:
                return
            await asyncio.sleep(0.5)


def main() -> None:
    print(json.dumps(asyncio.run(Visitors(json.load(sys.stdin)).all())))


if __name__ == "__main__":
    main()

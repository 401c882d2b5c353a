"""Everybody who has a page of the desk open, as one process of its own: what their scripts would ask for, and when.

Reads what there is to visit as JSON on standard input, and writes what it measured, in milliseconds.
"""

import asyncio
import json
import random
import re
import sys
import time
from typing import Any
from urllib.parse import quote

import httpx2

from deskhand.measurement.metrics import quantile

SOON = 0.12  # seconds a tab waits for more of the same, as `static/app.js` does
HERE = 15.0  # seconds between two signs that somebody looks at a ticket
AT_ONCE = 20  # people who open a page in the same moment
BETWEEN = 0.5  # seconds between two clicks
FIELD = re.compile(r'name="(form|seen)" value="([^"]+)"')
SUGGESTION = re.compile(r'action="(/suggestions/[^"]+)"')


class Visitors:
    def __init__(self, told: dict[str, Any]):
        self.told = told
        limits = httpx2.Limits(max_connections=None, max_keepalive_connections=None, keepalive_expiry=2)
        self.http = httpx2.AsyncClient(base_url=told["address"], timeout=60, limits=limits)
        self.agent = {"cookie": f"deskhand={told['session']}"}
        self.clicked: dict[str, float] = {}  # when, by ticket
        self.repaints: list[float] = []  # milliseconds until another tab in which that ticket is open had it anew
        self.lines: list[float] = []  # and until its line reached a tab in which it is not
        self.ready = 0
        self.coming = asyncio.Semaphore(AT_ONCE)

    async def all(self) -> dict[str, float]:
        told = self.told
        tickets = told["tickets"]
        open_pages = [self._workspace(tickets[number % len(tickets)]) for number in range(told["workspaces"])]
        chats = [self._chat(token, id) for token, id in told["chats"]]
        tasks = [asyncio.create_task(one) for one in (*open_pages, *chats)]
        while self.ready < len(tasks):
            await asyncio.sleep(0.1)
            failed = [one for one in tasks if one.done()]
            if failed:
                failed[0].result()
        pages, clicks = [], []
        by_browser = tickets[: told["in_browser"]]
        for ticket in tickets[len(by_browser) :]:
            page, click = await self._approve(ticket)
            pages.append(page)
            clicks.append(click)
            await asyncio.sleep(BETWEEN)
        painted = await in_browser({**told, "tickets": by_browser}) if by_browser else []
        await asyncio.sleep(2)
        for one in tasks:
            one.cancel()
        return {
            "workspaces": told["workspaces"],
            "widgets": len(chats),
            "clicks": len(clicks),
            **{f"page_ms_p{part}": quantile(pages, part / 100) or 0.0 for part in (50, 95)},
            **{f"approve_ms_p{part}": quantile(clicks, part / 100) or 0.0 for part in (50, 95)},
            "repaints_elsewhere": len(self.repaints),
            **{f"elsewhere_ms_p{part}": quantile(self.repaints, part / 100) or 0.0 for part in (50, 95)},
            "clicks_in_browser": len(painted),
            **{f"repaint_ms_p{part}": quantile(painted, part / 100) or 0.0 for part in (50, 95)},
            "lines_elsewhere": len(self.lines),
            **{f"line_ms_p{part}": quantile(self.lines, part / 100) or 0.0 for part in (50, 95)},
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
        form, after = re.search(r'data-form="([^"]+)"', page.text), re.search(r'data-event="(\d+)"', page.text)
        assert form, "the page asks for no presence"
        assert after, "the page names no event"
        await self._conversation(opened)
        there = asyncio.create_task(self._here(opened, form[1]))
        due: dict[str, asyncio.Task[None]] = {}
        async with self.http.stream("GET", f"/events?after={after[1]}", headers=self.agent) as feed:
            self._is_there()
            async for line in feed.aiter_lines():
                if not line.startswith("data: "):
                    continue
                ticket = json.loads(line[6:]).get("ticket", "")
                if ticket == opened:
                    if ticket in due:
                        due[ticket].cancel()
                    due[ticket] = asyncio.create_task(self._refresh(ticket))
                elif ticket in self.clicked:
                    self.lines.append(1000 * (time.perf_counter() - self.clicked[ticket]))
        there.cancel()

    async def _here(self, ticket: str, form: str) -> None:
        """At any moment of the first twenty seconds, as people open their pages at any moment."""
        await asyncio.sleep(random.uniform(0, HERE))
        while True:
            answer = await self.http.post(f"/inbox/{quote(ticket)}/here", headers=self.agent, data={"form": form})
            answer.raise_for_status()
            await asyncio.sleep(HERE)

    async def _refresh(self, ticket: str) -> None:
        await asyncio.sleep(SOON)
        address = f"/inbox/{quote(ticket)}/parts?view=decide"
        parts = await self.http.get(address, headers={**self.agent, "x-fragment": "1"})
        parts.raise_for_status()
        if ticket in self.clicked:
            self.repaints.append(1000 * (time.perf_counter() - self.clicked[ticket]))
        await self._conversation(ticket)

    async def _conversation(self, ticket: str) -> None:
        said = await self.http.get(f"/inbox/{quote(ticket)}/conversation", headers={**self.agent, "x-fragment": "1"})
        said.raise_for_status()

    def _is_there(self) -> None:
        self.ready += 1
        self.coming.release()

    async def _chat(self, token: str, id: str) -> None:
        await self.coming.acquire()
        who = {"origin": self.told["origin"], "authorization": f"Bearer {token}"}
        address = f"/widget/conversations/{id}/events?site={self.told['site']}"
        async with self.http.stream("GET", address, headers=who) as feed:
            feed.raise_for_status()
            self._is_there()
            async for _ in feed.aiter_lines():
                pass


async def in_browser(told: dict[str, Any]) -> list[float]:
    """Milliseconds from a click to its painted answer, as another process measures it in Chromium."""
    command = (sys.executable, "-m", "deskhand.entrypoints.cli.bench_browser")
    pipe = asyncio.subprocess.PIPE
    child = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe)
    out, _ = await child.communicate(json.dumps(told).encode())
    if child.returncode:
        raise RuntimeError("the browser could not be used: see above")
    found: list[float] = json.loads(out)
    return found


def main() -> None:
    print(json.dumps(asyncio.run(Visitors(json.load(sys.stdin)).all())))


if __name__ == "__main__":
    main()

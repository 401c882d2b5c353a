"""What changed at Jira, by JQL: whole minutes on the clock of our account, so a bit is read again and left out."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from deskhand.connectors.http.wire import Wire
from deskhand.connectors.jira import SYSTEM
from deskhand.connectors.jira.account import Account
from deskhand.connectors.jira.door import understood
from deskhand.domain.changes import Changed, Changes
from deskhand.domain.errors import Down, Invalid
from deskhand.domain.ref import Ref

OVERLAP = timedelta(minutes=5)  # the index may tell of a change so late
ANYWHERE = timedelta(hours=12)  # how far a clock can be behind UTC
TWICE = timedelta(hours=2)  # when an hour comes twice in autumn
REMEMBERED = 2_000  # changes that a cursor holds so as not to tell them twice


@dataclass(frozen=True)
class Cursor:
    """`last`: the newest change that was told; `told`: times by issue key, of those about then. `behind`: there was a
    further page, so that what comes next is old enough for the index to know all of it.

    No page token is in it: those end after a week, and a ticket that moves while we read could push another one out.
    """

    last: datetime
    told: Mapping[str, str] = field(default_factory=dict)
    behind: bool = False

    @property
    def since(self) -> datetime:
        return self.last if self.behind else self.last - OVERLAP

    def __str__(self) -> str:
        raw = {"last": self.last.isoformat(), "told": dict(self.told), "behind": self.behind}
        return json.dumps(raw, separators=(",", ":"))

    @classmethod
    @understood("cursor")
    def parse(cls, text: str) -> "Cursor | None":
        if not text:
            return None
        raw = json.loads(text)
        last, told = datetime.fromisoformat(raw["last"]), raw["told"]
        if any(one.tzinfo is None for one in (last, *map(datetime.fromisoformat, told.values()))):
            raise ValueError("a time has no zone")
        return cls(last, told, raw["behind"] is True)


class JiraFeed:
    """See `ports.reads.TicketFeed`: the issues of one project."""

    system = SYSTEM

    def __init__(self, wire: Wire, account: Account, project: str, page: int = 100):
        self._wire, self._account, self._project, self._page = wire, account, project, page

    def since(self, at: datetime) -> str:
        return str(Cursor(at.astimezone(UTC)))

    def changes(self, cursor: str) -> Changes:
        """As many as a page of Jira brings. `Down` when it brings the same page again and again."""
        asked = Cursor.parse(cursor)
        jql = f'project = "{self._project}"'
        if asked:
            jql += f' AND updated >= "{self._minute(asked.since)}"'
        told = dict(asked.told) if asked else {}
        token, tokens = "", set[str]()
        while True:
            issues, token = self._read(f"{jql} ORDER BY updated ASC", token)
            fresh = [(key, at) for key, at in issues if told.get(key) != at]
            if fresh or not token:
                return self._changes(asked, fresh, told, more=bool(token))
            if token in tokens:
                raise Down("GET /rest/api/3/search/jql: repeats a page")
            tokens.add(token)

    def _changes(
        self, asked: Cursor | None, fresh: list[tuple[str, str]], told: dict[str, str], *, more: bool
    ) -> Changes:
        times = [datetime.fromisoformat(at) for _, at in fresh]
        if not times and not asked:
            return Changes((), "", more=False)
        last = max([*times, *([asked.last] if asked else [])])
        told |= dict(fresh)
        kept = sorted((at, key) for key, at in told.items() if datetime.fromisoformat(at) >= last - ANYWHERE - OVERLAP)
        now = Cursor(last, {key: at for at, key in kept[-REMEMBERED:]}, behind=more)
        found = tuple(Changed(Ref(SYSTEM, "ticket", key), at) for (key, _), at in zip(fresh, times, strict=True))
        return Changes(found, str(now), more)

    @understood("search of issues")
    def _read(self, jql: str, token: str) -> tuple[list[tuple[str, str]], str]:
        """Keys and times of a page, and the token of the next; "" when there is none."""
        asked = {"jql": jql, "fields": "updated", "maxResults": self._page} | (
            {"nextPageToken": token} if token else {}
        )
        found: dict[str, Any] = self._wire.read("/rest/api/3/search/jql", **asked)
        issues = [(str(one["key"]), str(one["fields"]["updated"])) for one in found["issues"]]
        for _, at in issues:
            if datetime.fromisoformat(at).tzinfo is None:
                raise Invalid("jira: a time has no zone")
        return issues, "" if found.get("isLast") else str(found.get("nextPageToken") or "")

    def _minute(self, at: datetime) -> str:
        """As JQL takes it, on our account's clock; earlier where that cannot be told exactly."""
        zone = self._account.zone()
        if zone is None:
            local = at.astimezone(UTC) - ANYWHERE
        else:
            local = at.astimezone(zone)
            if local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset():
                local = (at - TWICE).astimezone(zone)
        return f"{local:%Y-%m-%d %H:%M}"

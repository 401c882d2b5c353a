"""Zendesk Guide as a source of knowledge: every published article of the help centre, in each of its languages."""

import hashlib
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from deskhand.connectors.documents.apart import Apart
from deskhand.connectors.documents.document import locale_of, one_line
from deskhand.connectors.documents.once import once
from deskhand.connectors.http.wire import Wire
from deskhand.connectors.zendesk.door import understood
from deskhand.domain.article import Article
from deskhand.domain.errors import Down, Missing, Refused, Unreadable
from deskhand.ports.knowledge import Gathered, Unread

HELP = "/api/v2/help_center"
PAGE = 50  # articles carry their bodies
ADDRESS = re.compile(r"https?://[^?#\s]+/articles/\d+")
# What a segment may ask of a user beyond being signed in.
NARROWER = ("tags", "or_tags", "organization_ids", "group_ids", "added_user_ids")

Raw = dict[str, Any]


class ZendeskGuide:
    """See `ports.knowledge.KnowledgeSource`. An article is named by its address without its title, which may change.

    Drafts are nobody's articles. One without a user segment is public; one for everybody who is signed in is for
    customers; one for some of them, or for staff, is internal: nobody here knows who is in a segment.
    """

    name = "zendesk_guide"

    def __init__(self, wire: Wire):
        self._wire = wire

    def read(self) -> Gathered:
        audiences = self._audiences()
        found: list[Article | Unread] = []
        with Apart() as apart:
            for locale in self._locales():
                for raw, users in self._articles(locale):
                    with understood("help centre article"):
                        if not raw["draft"]:
                            found.append(self._article(raw, users, audiences, apart))
        named = {one.source: one for one in found if isinstance(one, Article)}  # one without a translation comes again
        articles, twice = once(named.values())
        unread = [one for one in found if isinstance(one, Unread)]
        if not found:
            unread.append(Unread(self.name, "the help centre has no published article"))
        return Gathered(articles, (*unread, *twice))

    @understood("list of languages")
    def _locales(self) -> tuple[str, ...]:
        return tuple(str(one) for one in self._wire.read(f"{HELP}/locales")["locales"])

    def _audiences(self) -> dict[str, str]:
        """By segment. Who may not list them takes every segment for one of staff."""
        try:
            found = list(self._pages(f"{HELP}/user_segments", "user_segments"))
        except (Refused, Missing):
            return {}
        with understood("user segment"):
            return {str(one["id"]): _audience(one) for page in found for one in page["user_segments"]}

    def _articles(self, locale: str) -> Iterator[tuple[Raw, dict[str, str]]]:
        """Each with the names of those who wrote them."""
        for page in self._pages(f"{HELP}/{locale}/articles", "articles", include="users"):
            with understood("page of articles"):
                users = {str(one["id"]): str(one.get("name") or "") for one in page.get("users") or ()}
                articles = list(page["articles"])
            yield from ((one, users) for one in articles)

    def _pages(self, path: str, what: str, **asked: str) -> Iterator[Raw]:
        seen: set[str] = set()
        more: dict[str, str] = {}
        while True:
            found = self._wire.read(path, **asked, **{"page[size]": PAGE}, **more)
            with understood(what):
                meta = found.get("meta") or {}
                cursor = str(meta["after_cursor"]) if meta.get("has_more") else ""
            yield found
            if not cursor:
                return
            if cursor in seen:
                raise Down(f"GET {path}: repeats a page")
            seen.add(cursor)
            more = {"page[after]": cursor}

    def _article(self, raw: Raw, users: dict[str, str], audiences: dict[str, str], apart: Apart) -> Article | Unread:
        number, locale = str(raw["id"]), locale_of(raw["locale"])
        address = ADDRESS.match(raw.get("html_url") or "")
        source = address[0] if address else f"{self.name}/{number}/{locale}"
        try:
            text = apart.read(
                "html", (raw.get("body") or "").encode("utf-8", "replace"), charset="utf-8", base=source
            ).text
        except Unreadable as error:
            return Unread(source, str(error))
        segments = {str(one) for one in (raw.get("user_segment_id"), *(raw.get("user_segment_ids") or ())) if one}
        return Article(
            source=source,
            title=one_line(raw["title"]) or source,
            text=text,
            audience=_widest(segments, audiences),
            updated_at=datetime.fromisoformat(raw.get("edited_at") or raw["updated_at"]),
            digest=hashlib.sha256(text.encode()).hexdigest(),
            locale=locale,
            owner=one_line(users.get(str(raw.get("author_id")), "")),
            family=f"{self.name}/{number}",
        )


def _audience(segment: Raw) -> str:
    everybody = segment["user_type"] == "signed_in_users" and not any(segment.get(name) for name in NARROWER)
    return "customers" if everybody else "internal"


def _widest(segments: set[str], audiences: dict[str, str]) -> str:
    """Whoever is in any of them may see it."""
    if not segments:
        return "public"
    return "customers" if any(audiences.get(one) == "customers" for one in segments) else "internal"

"""The help centre of the Zendesk twin: articles in several languages, drafts, and segments of users."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from deskhand.connectors.http.twin_store import TwinStore

Json = dict[str, Any]
Answer = Callable[[Request, Callable[[], Json | None]], Response]


class GuideTwin:
    """A part of `ZendeskTwin`, with its store; `answer` lets in who has the key."""

    def __init__(self, store: TwinStore, clock: Callable[[], datetime], server: str, answer: Answer):
        self.store, self.clock, self.server, self._answer = store, clock, server, answer
        self.routes = [
            Route("/api/v2/help_center/locales", self.locales),
            Route("/api/v2/help_center/user_segments", self.segments),
            Route("/api/v2/help_center/{locale}/articles", self.articles),
        ]

    # -- the author's side ----------------------------------------------------------------------------

    def publish(
        self,
        title: str,
        body: str,
        *,
        locale: str = "en-us",
        number: int | None = None,
        segment: int | None = None,
        draft: bool = False,
    ) -> int:
        """A new article, or one of these anew; its number."""
        with self.store.change():
            number = number or 4_400_000_000_000 + self.store.count("article")
            at = self.clock().isoformat(timespec="seconds").replace("+00:00", "Z")
            slug = "-".join(title.split())
            article = {
                "id": number,
                "url": f"{self.server}/api/v2/help_center/{locale}/articles/{number}.json",
                "html_url": f"{self.server}/hc/{locale}/articles/{number}-{slug}",
                "author_id": 1,
                "title": title,
                "name": title,
                "body": body,
                "draft": draft,
                "locale": locale,
                "source_locale": "en-us",
                "section_id": 7,
                "user_segment_id": segment,
                "created_at": at,
                "updated_at": at,
                "edited_at": at,
            }
            self.store.put([("article", f"{locale}/{number:020}", locale, "", number, article)])
        return number

    def take_away(self, number: int, locale: str = "en-us") -> None:
        """As a draft again it is in no list for readers."""
        article = self.store.get("article", f"{locale}/{number:020}")
        assert article is not None
        self.publish(article["title"], article["body"], locale=locale, number=number, draft=True)

    def segment(self, user_type: str, **asked: list[Any]) -> int:
        """`asked`: tags, organization_ids and the like; its number."""
        number = 900 + self.store.count("segment")
        parts: Json = {name: [] for name in ("tags", "or_tags", "organization_ids", "group_ids", "added_user_ids")}
        segment = {"id": number, "name": user_type, "user_type": user_type, "built_in": not asked} | parts | asked
        self.store.put([("segment", str(number), "", "", number, segment)])
        return number

    # -- the API ----------------------------------------------------------------------------------------

    async def locales(self, request: Request) -> Response:
        def found() -> Json:
            known = {one["locale"] for one in self.store.every("article", 100_000)} | {"en-us"}
            return {"locales": sorted(known), "default_locale": "en-us"}

        return self._answer(request, found)

    async def segments(self, request: Request) -> Response:
        return self._answer(request, lambda: _page(request, "user_segments", self.store.every("segment")[::-1]))

    async def articles(self, request: Request) -> Response:
        def found() -> Json:
            articles = self.store.owned("article", request.path_params["locale"])[::-1]
            page = _page(request, "articles", articles)
            return page | {"users": [self.store.get("user", "1") or {"id": 1, "name": "Assistant"}]}

        return self._answer(request, found)


def _page(request: Request, name: str, everything: list[Json]) -> Json:
    start, size = (
        int(request.query_params.get(f"page[{what}]", value)) for what, value in (("after", 0), ("size", 30))
    )
    more = len(everything) > start + size
    meta = {"has_more": more, "after_cursor": str(start + size) if more else None, "before_cursor": None}
    return {name: everything[start : start + size], "meta": meta}

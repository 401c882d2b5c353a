"""Replies into a thread of Slack, each with its key as metadata, by which it is found again."""

from collections.abc import Callable, Iterator
from typing import Any

from deskhand.connectors.slack.client import SlackClient
from deskhand.connectors.slack.text import written
from deskhand.domain.digest import digest
from deskhand.domain.effect import by_ai
from deskhand.domain.errors import Down, Invalid, Unconfirmed
from deskhand.domain.incoming import Outgoing

LONGEST = 39_000  # characters; Slack cuts what is longer than 40,000
EVENT = "deskhand_reply"
PAGES = 50


class SlackOutlet:
    """See `ports.writes.Outlet`."""

    most_an_hour: int | None = 20

    def __init__(self, client: SlackClient):
        self._client = client

    def send(self, letter: Outgoing, about_to: Callable[[], None]) -> str:
        text = written(letter.text)
        if len(text) > LONGEST:
            raise Invalid("The reply is too long for Slack: nothing was sent.")
        body = {
            "channel": letter.route.get("channel", ""),
            "thread_ts": letter.route.get("thread", ""),
            "text": text,
            "metadata": {
                "event_type": EVENT,
                "event_payload": {"key": digest(letter.key), "ai_generated": by_ai(letter.key)},
            },
            "unfurl_links": False,
            "unfurl_media": False,
        }
        about_to()
        made = self._client.write("chat.postMessage", body, key=letter.key)
        if not isinstance(made.get("ts"), str):
            raise Unconfirmed(letter.key, "an answer without an id")
        return str(made["ts"])

    def find(self, letter: Outgoing) -> str | None:
        wanted = digest(letter.key)
        for one in self._thread(letter):
            told = one.get("metadata") or {}
            if told.get("event_type") == EVENT and (told.get("event_payload") or {}).get("key") == wanted:
                return str(one["ts"])
        return None

    def _thread(self, letter: Outgoing) -> Iterator[dict[str, Any]]:
        cursor, seen = "", set[str]()
        for _ in range(PAGES):
            more = {"cursor": cursor} if cursor else {}
            page = self._client.read(
                "conversations.replies",
                channel=letter.route.get("channel", ""),
                ts=letter.route.get("thread", ""),
                include_all_metadata="true",
                limit="200",
                **more,
            )
            try:
                yield from page["messages"]
                cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            except (KeyError, TypeError, AttributeError) as error:
                raise Down("GET /api/conversations.replies: cannot be read") from error
            if not cursor:
                return
            if cursor in seen:
                break
            seen.add(cursor)
        raise Down("GET /api/conversations.replies: pages without end")

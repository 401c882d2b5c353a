"""Alerts in one channel of Slack, each with its key as metadata, by which it is found again."""

from datetime import UTC, datetime

from deskhand.connectors.slack import SYSTEM
from deskhand.connectors.slack.client import SlackClient
from deskhand.connectors.slack.text import written
from deskhand.domain.action import Receipt
from deskhand.domain.digest import digest
from deskhand.domain.errors import Down, Unconfirmed

EVENT = "deskhand_alert"
LOOKED = "200"  # of the newest messages of the channel


class SlackAlerts:
    """See `ports.writes.AlertWriter`."""

    findable = True

    def __init__(self, client: SlackClient, channel: str):
        self._client, self._channel = client, channel

    def send(self, subject: str, text: str, *, key: str) -> Receipt:
        body = {
            "channel": self._channel,
            "text": written(text),
            "metadata": {"event_type": EVENT, "event_payload": {"key": digest(key)}},
            "unfurl_links": False,
            "unfurl_media": False,
        }
        made = self._client.write("chat.postMessage", body, key=key)
        if not isinstance(made.get("ts"), str):
            raise Unconfirmed(key, "an answer without an id")
        return _receipt(key, made["ts"])

    def find(self, *, key: str) -> Receipt | None:
        page = self._client.read(
            "conversations.history", channel=self._channel, include_all_metadata="true", limit=LOOKED
        )
        try:
            for one in page["messages"]:
                told = one.get("metadata") or {}
                if told.get("event_type") == EVENT and (told.get("event_payload") or {}).get("key") == digest(key):
                    return _receipt(key, str(one["ts"]))
        except (KeyError, TypeError, AttributeError) as error:
            raise Down("GET /api/conversations.history: cannot be read") from error
        return None


def _receipt(key: str, ts: str) -> Receipt:
    return Receipt(key, SYSTEM, ts, datetime.fromtimestamp(float(ts), UTC), {})

"""Replies by SMS and WhatsApp. Twilio takes no key: what may have been sent is found by number, time and words."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from deskhand.connectors.http.wire import Wire
from deskhand.connectors.twilio.parts import MOST, parts_of
from deskhand.domain.errors import ConnectorError, Down, Invalid, Unconfirmed
from deskhand.domain.incoming import Outgoing

SKEW = timedelta(minutes=2)  # between their clock and ours
PAGES = 50


class TwilioOutlet:
    """See `ports.writes.Outlet`."""

    most_an_hour: int | None = 20

    def __init__(self, wire: Wire, account: str):
        self._wire, self._path = wire, f"/2010-04-01/Accounts/{account}/Messages.json"

    def send(self, letter: Outgoing, about_to: Callable[[], None]) -> str:
        parts = parts_of(letter.text)
        if len(parts) > MOST:
            raise Invalid("The reply is too long for messages: nothing was sent.")
        found = self._found(letter, parts) if len(parts) > 1 else {}
        about_to()
        for part in parts:
            if part not in found:
                try:
                    found[part] = self._post(letter, part)
                except ConnectorError as error:
                    if found and not isinstance(error, Unconfirmed):
                        raise Unconfirmed(letter.key, f"a part of it was sent, and then: {error}") from error
                    raise
        return ",".join(found[part] for part in parts)

    def find(self, letter: Outgoing) -> str | None:
        parts = parts_of(letter.text)
        found = self._found(letter, parts)
        return ",".join(found[part] for part in parts) if len(found) == len(parts) else None

    def _post(self, letter: Outgoing, text: str) -> str:
        form = {"From": letter.route.get("from", ""), "To": letter.route.get("to", ""), "Body": text}
        made = self._wire.write("POST", self._path, key=letter.key, data=form)
        try:
            return str(made["sid"])
        except (KeyError, TypeError) as error:
            raise Unconfirmed(letter.key, "an answer without an id") from error

    def _found(self, letter: Outgoing, parts: list[str]) -> dict[str, str]:
        """The id of each part that was sent since this reply began, of none that belongs to another reply."""
        known = {sid for outer in letter.before for sid in outer.split(",")}
        wanted, found = {part.strip(): part for part in parts}, dict[str, str]()
        for one in self._sent_to(letter):
            try:
                sid, body, made = one["sid"], one["body"] or "", parsedate_to_datetime(one["date_created"])
                ours = one["direction"].startswith("outbound") and made >= letter.began - SKEW
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                raise Down(f"GET {self._path}: a message that cannot be read") from error
            if ours and sid not in known and body.strip() in wanted:
                found.setdefault(wanted[body.strip()], str(sid))
        return found

    def _sent_to(self, letter: Outgoing) -> Iterator[Mapping[str, Any]]:
        """Every message from our number to theirs since the day before this reply began, newest first."""
        since = (letter.began - timedelta(days=1)).date().isoformat()
        asked = {"From": letter.route.get("from", ""), "To": letter.route.get("to", ""), "DateSent>": since}
        asked["PageSize"] = "100"
        for _ in range(PAGES):
            page = self._wire.read(self._path, **asked)
            try:
                yield from page["messages"]
                following = page.get("next_page_uri") or ""
            except (KeyError, TypeError, AttributeError) as error:
                raise Down(f"GET {self._path}: a list that cannot be read") from error
            if not following:
                return
            asked = dict(parse_qsl(urlsplit(following).query))
        raise Down(f"GET {self._path}: pages without end")

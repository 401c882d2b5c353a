"""A page of the company's own that holds the chat, as HTTP sees it."""

from dataclasses import dataclass, field, replace
from typing import Any
from uuid import uuid4

import httpx2
import sqlalchemy as sa
from tests.connectors.test_widget_token import token
from tests.stories.lumen import WAIT, Lumen, apart

from deskhand.domain.outcome import RunResult
from deskhand.infrastructure.storage.tables.channels import conversation_message
from deskhand.settings import ReceiptsTable, Settings, WidgetSiteTable, WidgetTable

SECRET = "n" * 40
SHOP, PUBLIC, STRANGE = "https://shop.lumen.example", "https://www.lumen.example", "https://evil.example"
WIDGET = WidgetTable(
    audience="lumen",
    sites={"shop": WidgetSiteTable(origins=[SHOP]), "public": WidgetSiteTable(origins=[PUBLIC], anonymous=True)},
    file_megabytes=0.01,
    all_megabytes=0.015,
)


def with_sites(settings: Settings) -> Settings:
    settings = apart(settings)
    more = {"widget": WIDGET, "receipts": ReceiptsTable(address="https://desk.lumen.example")}
    table = settings.table.model_copy(update=more)
    return replace(settings, table=table, secrets={"DESKHAND_WIDGET_SECRET": SECRET})


@dataclass
class Page:
    """One visitor's chat. `email` is signed in; nobody is where it is ""."""

    lumen: Lumen
    email: str = ""
    talk: str = field(default_factory=lambda: uuid4().hex)
    given: str = ""

    @property
    def site(self) -> str:
        return "shop" if self.email else "public"

    @property
    def origin(self) -> str:
        return SHOP if self.email else PUBLIC

    def headers(self) -> dict[str, str]:
        if not self.given:
            self.given = self.signed() if self.email else self.begun()
        return {"origin": self.origin, "authorization": f"Bearer {self.given}"}

    def signed(self) -> str:
        at = int(self.lumen.clock().timestamp())
        claims = {"sub": self.email, "name": "Ada", "aud": "lumen", "iat": at, "exp": at + 600, "jti": uuid4().hex}
        return token(claims, secret=SECRET)

    def begun(self) -> str:
        got = self.lumen.http.post(f"/widget/{self.site}/session", headers={"origin": self.origin})
        assert got.status_code == 200
        return str(got.json()["token"])

    def post(self, path: str, **body: Any) -> httpx2.Response:
        return self.lumen.http.post(f"/widget/{path}?site={self.site}", json=body, headers=self.headers())

    def on(self, what: str, **body: Any) -> httpx2.Response:
        """Something with this conversation."""
        return self.post(f"conversations/{self.talk}/{what}", **body)

    def get(self, what: str = "") -> httpx2.Response:
        path = f"/widget/conversations/{self.talk}{what}?site={self.site}"
        return self.lumen.http.get(path, headers=self.headers())

    def write(self, text: str, **more: Any) -> httpx2.Response:
        return self.post("messages", conversation=self.talk, message=uuid4().hex, text=text, **more)

    def say(self, text: str, **more: Any) -> RunResult:
        """Write, and wait for what becomes of it."""
        got = self.write(text, **more)
        assert got.status_code == 202, got.text
        return self.lumen.installation.wait(f"message/{self.ticket}/{got.json()['message']}", WAIT)

    @property
    def ticket(self) -> str:
        """As our own store calls it."""
        (id,) = {one.ticket for one in self.lumen.installation.queries.tickets(500)} & self._mine()
        return id

    def _mine(self) -> set[str]:
        with self.lumen.installation.store.engine.connect() as connection:
            asked = sa.select(conversation_message.c.conversation)
            return {
                f"deskhand:ticket:{row[0]}"
                for id in [one["sent_as"] for one in self.get().json()["messages"] if one["sent_as"]]
                for row in connection.execute(asked.where(conversation_message.c.outer == id))
            }

    def kinds(self) -> list[str]:
        return self.lumen.kinds(self.ticket)

    def shown(self) -> dict[str, Any]:
        found: dict[str, Any] = self.get().json()
        return found

    def upload(self, name: str, content: bytes, type: str = "") -> httpx2.Response:
        query = {"site": self.site, "file": uuid4().hex, "name": name}
        headers = {**self.headers(), "content-type": type or "application/octet-stream"}
        path = f"/widget/conversations/{self.talk}/files"
        return self.lumen.http.post(path, params=query, content=content, headers=headers)

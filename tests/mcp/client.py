"""A client of the smallest kind: what it asks over HTTP, and what comes back."""

from dataclasses import dataclass
from typing import Any

import httpx2
from tests.api.visitor import bearer
from tests.stories.lumen import Lumen


@dataclass(frozen=True)
class Client:
    """A person's own assistant."""

    lumen: Lumen
    person: str

    def post(self, message: Any) -> httpx2.Response:
        return self.lumen.http.post("/mcp", json=message, headers=bearer(self.lumen, self.person))

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """The whole answer."""
        found: dict[str, Any] = self.post({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).json()
        return found

    def tools(self) -> set[str]:
        return {one["name"] for one in self.ask("tools/list")["result"]["tools"]}

    def call(self, tool: str, **arguments: Any) -> dict[str, Any]:
        """What a tool gives."""
        result = self.ask("tools/call", name=tool, arguments=arguments)["result"]
        assert not result["isError"], result
        found: dict[str, Any] = result["structuredContent"]
        return found

    def refused(self, tool: str, **arguments: Any) -> str:
        """Why a tool gives nothing."""
        result = self.ask("tools/call", name=tool, arguments=arguments)["result"]
        assert result["isError"], result
        assert "structuredContent" not in result
        text: str = result["content"][0]["text"]
        return text

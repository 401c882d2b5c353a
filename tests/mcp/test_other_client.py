"""Somebody else's client of the protocol speaks to ours, where it is installed: `pip install "mcp>=2.3,<3"`."""

import asyncio
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import starter
from tests.door.stranger import ROOT
from tests.mcp.test_stdio import MAIN

__all__ = ["starter"]
pytestmark = pytest.mark.emulator


def test_it_lists_our_tools_calls_one_and_hears_a_no(starter: Path, tmp_path: Path) -> None:
    mcp = pytest.importorskip("mcp", reason="mcp is not installed: no other client speaks to ours")
    stdio = pytest.importorskip("mcp.client.stdio")
    desk = shutil.copytree(starter, tmp_path / "desk")
    arguments = ["-c", MAIN, "mcp", "--as", "sam", "--desk", str(desk)]
    ours = stdio.StdioServerParameters(command=sys.executable, args=arguments, env={"PYTHONPATH": str(ROOT / "src")})

    async def talk() -> tuple[list[str], Any, Any]:
        async with mcp.Client(stdio.stdio_client(ours)) as client:
            tools = [one.name for one in (await client.list_tools()).tools]
            found = await client.call_tool("search_knowledge", {"question": "How do I reset my password?"})
            return tools, found, await client.call_tool("ticket_context", {"ticket": "zendesk:ticket:1"})

    tools, found, refused = asyncio.run(talk())

    assert tools == ["search_knowledge", "ticket_context", "look_up", "propose_action"]
    assert (found.is_error, refused.is_error) == (False, True)
    assert found.structured_content["passages"][0]["source"] == "reset-password"

"""Tickets through Parlant: a guideline for each rule, the refund as a tool of the first."""

import asyncio
import json
import os
import sys
import tempfile
import time

sys.path = [one for one in sys.path if not one.endswith("drivers")]  # this file has the name of what it imports
given = json.loads(sys.argv[1])
os.environ |= {"OPENAI_BASE_URL": f"{given['base']}/v1", "OPENAI_API_KEY": "none", "PARLANT_HOME": tempfile.mkdtemp()}
began = time.monotonic()
import httpx  # noqa: E402
import tiktoken  # noqa: E402


class Lengths:
    """In place of a table that would be fetched from the network; it only estimates how long a prompt is."""

    def encode(self, text, **more):
        return [0] * (len(text) // 4)


tiktoken.encoding_for_model = tiktoken.get_encoding = lambda name: Lengths()
import parlant.sdk as p  # noqa: E402
from parlant.adapters.nlp.openai_service import OpenAISchematicGenerator  # noqa: E402

plain = OpenAISchematicGenerator._list_arguments


def with_schema(self, hints):
    """The stub cannot read the form of an answer out of a prompt: it is sent beside it, and not counted."""
    return {**plain(self, hints), "extra_body": {"schema": self.schema.model_json_schema()}}


OpenAISchematicGenerator._list_arguments = with_schema

import world  # noqa: E402


@p.tool
async def look_up_charges(context: p.ToolContext) -> p.ToolResult:
    """The charges of the customer."""
    return p.ToolResult(world.charges("c2@example.com"))


@p.tool
async def refund_charge(context: p.ToolContext, charge: str, amount: int) -> p.ToolResult:
    """Refund a charge."""
    return p.ToolResult(world.refund(given["base"], 2, charge, amount))


async def main() -> None:
    port = given["port"]
    async with p.Server(
        port=port, tool_service_port=port + 1, nlp_service=p.NLPServices.openai, log_level=p.LogLevel.ERROR
    ) as server:
        agent = await server.create_agent(name="Support", description="The support assistant of Lumen.")
        for place, (when, then) in enumerate(world.rules(given["rules"])):
            tools = [] if place else [look_up_charges, refund_charge]
            await agent.create_guideline(condition=when, action=then, tools=tools)
        print(json.dumps({"start_s": time.monotonic() - began}), flush=True)

        async def write() -> None:
            for _ in range(200):
                await asyncio.sleep(0.2)
                try:
                    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60) as http:
                        await http.get("/agents")
                        while not server.ready.is_set():  # it judges its guidelines first
                            await asyncio.sleep(0.2)
                        world.post(given["base"], "/reset", {"mood": given.get("mood", "honest")})
                        cpu, answered = time.process_time(), 0
                        for number in given["tickets"]:
                            made = (await http.post("/sessions", json={"agent_id": agent.id})).json()
                            event = {"kind": "message", "source": "customer", "message": world.ticket(number)}
                            await http.post(f"/sessions/{made['id']}/events", json=event)
                            got = await http.get(
                                f"/sessions/{made['id']}/events",
                                params={"min_offset": 1, "source": "ai_agent", "kinds": "message", "wait_for_data": 30},
                            )
                            answered += got.status_code == 200 and bool(got.json())
                        spent = time.process_time() - cpu
                        print(json.dumps({"cpu_s": spent, "answered": answered}), flush=True)
                        os._exit(0)
                except httpx.ConnectError:
                    continue

        writing = asyncio.create_task(write())
        given["kept"] = writing


asyncio.run(main())

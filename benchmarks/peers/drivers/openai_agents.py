"""Tickets through openai-agents. Default: tools as in its guide. Best: its guardrail on the tool's input, and a key."""

import json
import os
import signal
import sys
import time

began = time.process_time(), time.monotonic()
import world  # noqa: E402
from agents import (  # noqa: E402
    Agent,
    OpenAIChatCompletionsModel,
    Runner,
    ToolGuardrailFunctionOutput,
    function_tool,
    set_tracing_disabled,
    tool_input_guardrail,
)
from openai import AsyncOpenAI  # noqa: E402

given = json.loads(sys.argv[1])
base, best, NOW = given["base"], given["mode"] == "best", {"ticket": 0}
set_tracing_disabled(True)


@tool_input_guardrail
def guard(data):
    told = json.loads(data.context.tool_arguments)
    if world.allowed(NOW["ticket"], told["charge"], told["amount"]):
        return ToolGuardrailFunctionOutput.allow()
    return ToolGuardrailFunctionOutput.reject_content("That is not allowed.")


@function_tool
def look_up_charges(customer: str) -> str:
    """The charges of a customer."""
    return json.dumps(world.charges(f"c{NOW['ticket']}@example.com" if best else customer))


@function_tool(tool_input_guardrails=[guard] if best else [])
def refund_charge(charge: str, amount: int) -> str:
    """Refund a charge."""
    key = f"refund/t{NOW['ticket']}/{charge}" if best else ""
    done = world.refund(base, NOW["ticket"], charge, amount, key)
    if given.get("die"):
        os.kill(os.getpid(), signal.SIGKILL)
    return json.dumps(done)


model = OpenAIChatCompletionsModel("stub", AsyncOpenAI(base_url=f"{base}/v1", api_key="none"))
agent = Agent(
    name="Support", instructions=world.prompt(given["rules"]), model=model, tools=[look_up_charges, refund_charge]
)
started = time.monotonic() - began[1]
cpu = time.process_time()
for number in given["tickets"]:
    NOW["ticket"] = number
    Runner.run_sync(agent, world.ticket(number))
print(json.dumps({"start_s": started, "cpu_s": time.process_time() - cpu}))

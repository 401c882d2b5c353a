"""Tickets through LangGraph's agent. Default: as in its guide. Best: a guard around tools, a checkpointer that writes
each step before the next, a thread for each ticket, and a key."""

import json
import os
import signal
import sqlite3
import sys
import time

sys.path = [one for one in sys.path if not one.endswith("drivers")]  # this file has the name of what it imports
began = time.process_time(), time.monotonic()
import world  # noqa: E402
from langchain.agents import create_agent  # noqa: E402
from langchain.agents.middleware import wrap_tool_call  # noqa: E402
from langchain_core.messages import ToolMessage  # noqa: E402
from langchain_core.tools import tool  # noqa: E402
from langchain_openai import ChatOpenAI  # noqa: E402
from langgraph.checkpoint.sqlite import SqliteSaver  # noqa: E402

given = json.loads(sys.argv[1])
base, best, NOW = given["base"], given["mode"] == "best", {"ticket": 0}


@tool
def look_up_charges(customer: str) -> str:
    """The charges of a customer."""
    return json.dumps(world.charges(f"c{NOW['ticket']}@example.com" if best else customer))


@tool
def refund_charge(charge: str, amount: int) -> str:
    """Refund a charge."""
    key = f"refund/t{NOW['ticket']}/{charge}" if best else ""
    done = world.refund(base, NOW["ticket"], charge, amount, key)
    if given.get("die"):
        os.kill(os.getpid(), signal.SIGKILL)
    return json.dumps(done)


@wrap_tool_call
def guard(request, handler):
    told = request.tool_call
    if told["name"] == "refund_charge" and not world.allowed(
        NOW["ticket"], told["args"]["charge"], told["args"]["amount"]
    ):
        return ToolMessage("That is not allowed.", tool_call_id=told["id"])
    return handler(request)


model = ChatOpenAI(model="stub", base_url=f"{base}/v1", api_key="none")
memory = {}
if best:
    saver = SqliteSaver(sqlite3.connect(given["state"], check_same_thread=False))
    memory = {"checkpointer": saver, "middleware": [guard]}
agent = create_agent(model, [look_up_charges, refund_charge], system_prompt=world.prompt(given["rules"]), **memory)
started = time.monotonic() - began[1]
cpu = time.process_time()
for number in given["tickets"]:
    NOW["ticket"] = number
    told = {"messages": [{"role": "user", "content": world.ticket(number)}]}
    if best:
        thread = {"configurable": {"thread_id": f"t{number}"}}
        known = agent.get_state(thread)
        if not known.values or known.next:  # a ticket that has ended is not begun again
            agent.invoke(None if known.next else told, thread, durability="sync")
    else:
        agent.invoke(told)
print(json.dumps({"start_s": started, "cpu_s": time.process_time() - cpu}))

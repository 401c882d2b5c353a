"""What a scripted model thinks: requests of the wire in, answers out."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from deskhand.infrastructure.llm.twin_answers import Answer, answer_to

Body = Mapping[str, Any]
Think = Callable[[Body], Answer]


def told(body: Body) -> str:
    """All that the model is told, in one text."""
    return "\n".join(str(message.get("content")) for message in body["messages"])


def planning(body: Body) -> bool:
    return "You write the reply" in told(body)


def results(body: Body) -> list[str]:
    """What came back for the tools it used, oldest first; or what was wrong with its answer."""
    after = [message for message in body["messages"] if message["role"] in ("user", "tool")]
    return [str(message["content"]) for message in after[1:]]


def offered(body: Body) -> set[str]:
    """The tools it may use, in either way of being asked."""
    native = {tool["function"]["name"] for tool in body.get("tools", ())}
    said = re.findall(
        r"^- (\w+)\(", str(next((m["content"] for m in body["messages"] if m["role"] == "user"), "")), re.M
    )
    return native | set(said)


def uses(*calls: tuple[str, Mapping[str, Any]], then: Callable[[Body], Answer] = answer_to) -> Think:
    """Plans with these tools, one after the other, whatever comes back; then answers. Reads as a good model does."""

    def think(body: Body) -> Answer:
        done = len(results(body))
        if planning(body) and done < len(calls):
            return Answer(*calls[done], tool=True)
        return then(body)

    return think


def plans(*answers: Answer) -> Think:
    """Gives these answers to the requests for a plan, the last one for ever. Reads as a good model does."""

    def think(body: Body) -> Answer:
        return answers[min(len(results(body)), len(answers) - 1)] if planning(body) else answer_to(body)

    return think

"""The messages of MCP that a server of tools needs: JSON-RPC in, JSON-RPC out, the same for every way they travel."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from deskhand import __version__

VERSIONS = ("2025-11-25", "2025-06-18", "2025-03-26")  # newest first
PARSE, REQUEST, METHOD, PARAMS, INTERNAL = -32700, -32600, -32601, -32602, -32603
Json = dict[str, Any]


@dataclass(frozen=True)
class Tool:
    """`takes` is the type of each argument, all of them texts; those in `optional` may be left out. `call` gives an
    object, or raises `Refusal`."""

    name: str
    about: str
    takes: Mapping[str, str]
    call: Callable[[Mapping[str, Any]], Json]
    optional: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()  # arguments that are objects of texts
    reads_only: bool = True

    def told(self) -> Json:
        texts = {"type": "object", "additionalProperties": {"type": "string"}}
        properties = {
            name: {**(texts if name in self.objects else {"type": "string"}), "description": about}
            for name, about in self.takes.items()
        }
        needed = [name for name in self.takes if name not in self.optional]
        schema = {"type": "object", "properties": properties, "required": needed, "additionalProperties": False}
        hints = {"readOnlyHint": self.reads_only, "destructiveHint": False, "openWorldHint": False}
        return {"name": self.name, "description": self.about, "inputSchema": schema, "annotations": hints}

    def fits(self, arguments: Any) -> str:
        """What is wrong with these arguments; "" when nothing is."""
        if not isinstance(arguments, dict):
            return "the arguments are no object"
        if strange := sorted(set(arguments) - set(self.takes)):
            return f"it takes no {str(strange[0])[:80]}"
        for name in self.takes:
            if name not in arguments:
                if name not in self.optional:
                    return f"it needs {name}"
            elif name in self.objects:
                given = arguments[name]
                if not isinstance(given, dict) or not all(isinstance(one, str) for one in given.values()):
                    return f"{name} is to be an object of texts"
            elif not isinstance(arguments[name], str):
                return f"{name} is to be a text"
        return ""


class Refusal(Exception):
    """A tool says no, in a sentence for whoever asked."""


@dataclass(frozen=True)
class Server:
    """`instructions` say in a few sentences what this is for. `shown` turns a result into the text beside it."""

    tools: Mapping[str, Tool]
    instructions: str
    shown: Callable[[Json], str]

    def answer(self, message: Any) -> Json | None:
        """The answer to one message; None when it wants none. What a tool raises beside `Refusal` goes on."""
        if (
            not isinstance(message, dict)
            or message.get("jsonrpc") != "2.0"
            or not isinstance(message.get("method"), str)
        ):
            is_answer = isinstance(message, dict) and ("result" in message or "error" in message)
            return None if is_answer else failure(None, REQUEST, "no request of JSON-RPC 2.0")
        if "id" not in message:
            return None
        id, params = message["id"], message.get("params") or {}
        if isinstance(id, bool) or not isinstance(id, str | int):
            return failure(None, REQUEST, "an id is a text or a whole number")
        if not isinstance(params, dict):
            return failure(id, PARAMS, "params are to be an object")
        match message["method"]:
            case "initialize":
                return _result(id, self._hello(params))
            case "ping":
                return _result(id, {})
            case "tools/list":
                return _result(id, {"tools": [one.told() for one in self.tools.values()]})
            case "tools/call":
                return self._called(id, params)
            case method:
                return failure(id, METHOD, f"there is no {method[:80]}")

    def _hello(self, params: Json) -> Json:
        asked = params.get("protocolVersion")
        return {
            "protocolVersion": asked if asked in VERSIONS else VERSIONS[0],
            "capabilities": {"tools": {}},
            "serverInfo": {"name": "deskhand", "title": "Deskhand", "version": __version__},
            "instructions": self.instructions,
        }

    def _called(self, id: str | int, params: Json) -> Json:
        tool = self.tools.get(params["name"]) if isinstance(params.get("name"), str) else None
        if tool is None:  # also one that the caller may not see
            return failure(id, PARAMS, "there is no such tool")
        arguments = params.get("arguments") or {}
        if wrong := tool.fits(arguments):
            return _result(id, _said(f"{tool.name}: {wrong}. Nothing was done.", failed=True))
        try:
            found = tool.call(arguments)
        except Refusal as refusal:
            return _result(id, _said(str(refusal), failed=True))
        return _result(id, {**_said(self.shown(found)), "structuredContent": found})


def failure(id: str | int | None, code: int, why: str) -> Json:
    return {"jsonrpc": "2.0", "id": id, "error": {"code": code, "message": why}}


def _result(id: str | int, result: Json) -> Json:
    return {"jsonrpc": "2.0", "id": id, "result": result}


def _said(text: str, *, failed: bool = False) -> Json:
    return {"content": [{"type": "text", "text": text}], "isError": failed}

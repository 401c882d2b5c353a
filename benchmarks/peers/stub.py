"""One server for all: a model that answers at once by script and counts, and a provider of payments that records."""

import json
import re
import sys
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PER_TOKEN = 3.5
OWN = re.compile(r"from c(\d+)@example\.com")
STATE: dict[str, Any] = {"mood": "honest"}
SEEN: Counter[str] = Counter()
REFUNDS: list[dict[str, Any]] = []


def answer(body: dict[str, Any]) -> dict[str, Any]:
    """A message: looks up, refunds a marked duplicate, replies. The hostile one refunds what is not theirs."""
    messages, tools = body["messages"], {one["function"]["name"] for one in body.get("tools", [])}
    if "schema" in body:
        return {"role": "assistant", "content": json.dumps(filled(body["schema"], body["schema"].get("$defs", {})))}
    if shape := (body.get("response_format") or {}).get("json_schema"):
        return {"role": "assistant", "content": json.dumps(filled(shape["schema"], shape["schema"].get("$defs", {})))}
    number = int((OWN.findall(json.dumps(messages)) or ["0"])[-1])
    results = [one for one in messages if one["role"] == "tool"]
    if not results and "look_up_charges" in tools:
        return call("look_up_charges", {"customer": f"c{number}@example.com"})
    if len(results) == 1 and "refund_charge" in tools:
        if STATE["mood"] == "hostile":
            return call("refund_charge", {"charge": f"ch_{number + 1}_1", "amount": 99_900})
        if found := re.findall(r"ch_\d+_2", str(results[0]["content"])):
            return call("refund_charge", {"charge": found[0], "amount": 2900})
    return {"role": "assistant", "content": "Thank you for writing. I looked at your payments; all is in order now."}


def call(name: str, arguments: dict[str, Any]) -> dict[str, Any]:
    told = {"name": name, "arguments": json.dumps(arguments)}
    return {
        "role": "assistant",
        "content": None,
        "tool_calls": [{"id": f"call_{SEEN['calls']}", "type": "function", "function": told}],
    }


def filled(schema: dict[str, Any], known: dict[str, Any]) -> Any:
    """Anything that fits: yes, a high score, the first choice, one of each list."""
    if "$ref" in schema:
        return filled(known[schema["$ref"].rpartition("/")[2]], known)
    if options := schema.get("anyOf"):
        return filled(options[0], known)
    if "enum" in schema:
        return schema["enum"][0]
    match schema.get("type"):
        case "object":
            return {name: filled(inner, known) for name, inner in schema.get("properties", {}).items()}
        case "array":
            return [filled(schema["items"], known)] if "items" in schema else []
        case "boolean":
            return STATE["mood"] != "no"
        case "integer" | "number":
            return 1 if STATE["mood"] == "no" else 9
    return "1"


class Server(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        text = self.rfile.read(int(self.headers["content-length"] or 0))
        body = json.loads(text or b"{}")
        if self.path.endswith("/chat/completions"):
            SEEN["calls"] += 1
            told = len(
                json.dumps({name: body[name] for name in ("messages", "tools", "response_format") if name in body})
            )
            SEEN["characters"] += told
            message = answer(body)
            end = "tool_calls" if message.get("tool_calls") else "stop"
            tokens = int(told / PER_TOKEN)
            usage = {
                "prompt_tokens": tokens,
                "completion_tokens": 20,
                "total_tokens": tokens + 20,
                "prompt_tokens_details": {"cached_tokens": 0},
            }
            choices = [{"index": 0, "message": message, "finish_reason": end}]
            self.say(
                {
                    "id": "1",
                    "object": "chat.completion",
                    "created": 1,
                    "model": body["model"],
                    "choices": choices,
                    "usage": usage,
                }
            )
        elif self.path.endswith("/embeddings"):
            SEEN["embeddings"] += 1
            given = body["input"] if isinstance(body["input"], list) else [body["input"]]
            data = [
                {"object": "embedding", "index": n, "embedding": [0.01 * ((n + k) % 7) for k in range(3072)]}
                for n in range(len(given))
            ]
            self.say(
                {
                    "object": "list",
                    "model": body["model"],
                    "data": data,
                    "usage": {"prompt_tokens": 1, "total_tokens": 1},
                }
            )
        elif self.path == "/refunds":
            SEEN["refund requests"] += 1
            same = [one for one in REFUNDS if body["key"] and one["key"] == body["key"]]
            if not same:
                REFUNDS.append(body)
            self.say({"id": f"re_{len(REFUNDS)}", "status": "succeeded"})
        elif self.path == "/reset":
            SEEN.clear()
            REFUNDS.clear()
            STATE["mood"] = body.get("mood", "honest")
            self.say({})
        elif self.path == "/stats":
            self.say({**SEEN, "refunds": REFUNDS})
        else:
            self.send_error(404)

    def say(self, value: Any) -> None:
        text = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, format: str, *args: Any) -> None:
        pass


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 0), Server)
    print(server.server_port, flush=True)
    server.serve_forever()

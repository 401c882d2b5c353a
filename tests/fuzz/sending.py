"""What programs and pages of strangers send to a desk over HTTP: bodies of every shape, to doors that let them in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote
from uuid import uuid4

import hypothesis
from hypothesis import strategies as st
from tests.api.site import Page
from tests.api.visitor import bearer
from tests.fuzz.doors.mcp import CALL
from tests.fuzz.doors.zendesk import SAMPLE
from tests.fuzz.mutating import bodies, texts
from tests.stories.lumen import Lumen

from deskhand.connectors.zendesk.twin import ZendeskTwin

Headers = dict[str, str]
KNOWN = {"content-type": "application/json"}
TALK = "c" * 32
MINUTE = timedelta(minutes=1, seconds=1)  # after which a visitor may write again
PATCH = {
    "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
    "Operations": [{"op": "replace", "value": {"active": False}}],
}
WRITTEN = {
    "conversation": TALK,
    "message": "m" * 32,
    "text": "\x00",
    "press": {"key": "k", "digest": "d", "yes": True},
    "files": [],
}


@dataclass(frozen=True)
class Way:
    """`addresses` and `bodies` are drawn; `signed` makes the headers for a body at that moment."""

    method: str
    addresses: st.SearchStrategy[str]
    bodies: st.SearchStrategy[bytes]
    signed: Callable[[Lumen, bytes], Headers]


def visitor(lumen: Lumen, body: bytes) -> Headers:
    return Page(lumen, "ada@lumen.example").headers() | KNOWN


def directory(lumen: Lumen, body: bytes) -> Headers:
    made = lumen.installation.access.make_directory_token("d", timedelta(days=1), by="test", now=lumen.clock())
    return {"authorization": f"Bearer {made}"} | KNOWN


def colleague(lumen: Lumen, body: bytes) -> Headers:
    return bearer(lumen, "tom") | KNOWN


def system(lumen: Lumen, body: bytes) -> Headers:
    twin = lumen.installation.systems.zendesk_twin
    assert isinstance(twin, ZendeskTwin)
    return dict(twin.signed(body)[0])


def at(address: str) -> st.SearchStrategy[str]:
    return st.just(address)


FILTERS = texts(['userName eq "ana"'], ['"', "\\", "or "]).map(
    lambda one: f"/scim/v2/Users?filter={quote(one, errors='replace')}"
)
NAMES = texts(["invoice.pdf"], ["/", "..", "\u202e", "."]).map(lambda one: quote(one, errors="replace"))
FILES = NAMES.map(lambda name: f"/widget/conversations/{TALK}/files?site=shop&file={uuid4().hex}&name={name}")
CHAT = f"/widget/conversations/{TALK}"
WAYS = {
    "messages of the chat": Way(
        "POST", at("/widget/messages?site=shop"), bodies(WRITTEN, {**WRITTEN, "press": None}), visitor
    ),
    "files of the chat": Way(
        "POST", FILES, st.sampled_from([b"%PDF-1.4", b"\x89PNG\r\n\x1a\n", b"", b"\x00", b"[" * 3_000]), visitor
    ),
    "ratings": Way("POST", at(f"{CHAT}/rating?site=shop"), bodies({"score": 5, "words": "fine"}), visitor),
    "addresses": Way("POST", at(f"{CHAT}/address?site=shop"), bodies({"email": "ada@lumen.example"}), visitor),
    "corrections": Way("POST", at(f"{CHAT}/corrections?site=shop"), bodies({"words": "No, the other one."}), visitor),
    "people who leave": Way("PATCH", at("/scim/v2/Users/nobody"), bodies(PATCH), directory),
    "who there is": Way("GET", FILTERS, at("").map(str.encode), directory),
    "tools": Way("POST", at("/mcp"), bodies(CALL), colleague),
    "decisions": Way(
        "POST", at("/api/suggestions/s/decision"), bodies({"decision": "approved", "seen": "x"}), colleague
    ),
    "events": Way("POST", at("/webhooks/zendesk"), bodies(SAMPLE), system),
}


def broken(lumen: Lumen, way: Way, examples: int, seed: int | None = None) -> list[str]:
    """What was answered as nobody should be: nothing, if all is well."""
    found: list[str] = []

    @hypothesis.settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=seed is None,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(way.addresses, way.bodies)
    def one(address: str, body: bytes) -> None:
        lumen.clock.ahead += MINUTE
        headers = [(name.encode(), value.encode("latin-1")) for name, value in way.signed(lumen, body).items()]
        answer = lumen.http.request(way.method, address, headers=headers, content=body)
        if answer.status_code >= 500:
            found.append(f"{answer.status_code} {way.method} {address}: {body[:300]!r}")

    (one if seed is None else hypothesis.seed(seed)(one))()
    return found

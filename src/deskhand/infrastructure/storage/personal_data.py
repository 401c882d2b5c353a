"""The catalogue of personal data: of each table, whose a row is, which columns tell of people, and how it ends.

A test compares it with the tables there are, so that nothing is kept that nobody can export and erase.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from deskhand.domain.action import Receipt
from deskhand.domain.outcome import RunResult
from deskhand.domain.outreach import ContactState
from deskhand.domain.privacy import DataClass

Change = Callable[[Any], Any]


@dataclass(frozen=True)
class Whole:
    """The row goes. `through`: a table whose rows it hangs on by this column, and goes with."""

    through: tuple[str, str, str] | None = None


@dataclass(frozen=True)
class Blank:
    """The row stays for what is counted and compared; these columns get another value, or what is made of theirs."""

    values: Mapping[str, object]


@dataclass(frozen=True)
class Stays:
    """Nothing is erased; `why` says so to whoever asks."""

    why: str


@dataclass(frozen=True)
class Entry:
    """Of one table. A row is a customer's when a column of `ticket`, `customer` or `address` names one of theirs;
    `place` is a conversation's id. `personal` columns hold words and values about people, `plain` ones ids, times and
    counts. `at` tells a row's age, or `ageless` why it has none; `agents` name colleagues, which no export holds."""

    data: DataClass
    ends: Whole | Blank | Stays
    ticket: tuple[str, ...] = ()
    customer: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    at: str = ""
    ageless: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column, each once."""
        named = (*self.ticket, *self.customer, *self.address, *self.place, *self.personal, *self.plain, *self.agents)
        return tuple(dict.fromkeys(named))


def without_words(result: RunResult) -> RunResult:
    """What is counted of a result: how it ended, by which procedures and actions, when and at what cost."""
    return replace(
        result,
        reply="",
        requests=tuple(replace(one, quote="") for one in result.requests),
        actions=tuple(
            replace(one, args={}, verdict=replace(one.verdict, says=""), receipt=_bare(one.receipt))
            for one in result.actions
        ),
        citations=(),
        handoff=None,
    )


def _settled(state: str) -> str:
    """Nobody is written to about it any more."""
    return ContactState.LAPSED.value if state in (ContactState.OPEN, ContactState.SUGGESTED) else state


def _bare(receipt: Receipt | None) -> Receipt | None:
    """The proof alone."""
    return replace(receipt, details={}, before={}) if receipt else None


OURS = Stays("it tells nothing of a customer")
COLLEAGUES = Stays("it tells of colleagues, and of no customer")
IDS = Stays("it holds ids, times and outcomes alone, which are what figures and the proof of what was done rest on")
D = DataClass
CATALOGUE: Mapping[str, Entry] = {
    "inbox": Entry(D.AUDIT, IDS, ticket=("ticket",), plain=("source", "id", "message", "channel", "received_at")),
    "ticket": Entry(
        D.MESSAGES,
        Blank({"name": "", "about": ""}),
        ticket=("ticket",),
        personal=("name", "about"),
        plain=("channel", "turns", "changed_at", "language", "closed_at", "look_at"),
        agents=("owner",),
        at="changed_at",
    ),
    "viewing": Entry(D.OPERATION, Whole(), ticket=("ticket",), plain=("at",), agents=("person",)),
    "effect": Entry(
        D.DEEDS,
        Blank({"args": {}, "receipt": _bare, "reason": ""}),
        ticket=("ticket",),
        customer=("customer",),
        personal=("args", "receipt", "reason"),
        plain=("key", "action", "subject", "minor", "currency", "alone", "state", "at"),
        at="at",
    ),
    "handoff": Entry(
        D.AUDIT,
        IDS,
        ticket=("ticket",),
        plain=("message", "queue", "at", "due", "promised", "warned_at", "breached_at", "ended_at"),
        agents=("person", "ended_by"),
    ),
    "pause": Entry(
        D.OPERATION, Blank({"why": ""}), personal=("why",), plain=("scope", "at", "lifted_at"), agents=("by",)
    ),
    "suggestion": Entry(
        D.DECISIONS,
        Whole(),
        ticket=("ticket",),
        personal=("heard", "resolution", "settled_text"),
        plain=("id", "digest", "stage", "roles", "state", "created_at", "expires_at", "settled_at"),
        agents=("settled_by",),
        at="created_at",
    ),
    "approval": Entry(
        D.DECISIONS,
        Whole(("suggestion", "suggestion", "id")),
        plain=("number", "suggestion", "role", "digest", "at"),
        agents=("person",),
    ),
    "suggestion_shown": Entry(
        D.DECISIONS, Whole(("suggestion", "suggestion", "id")), plain=("suggestion", "at"), agents=("person",)
    ),
    "confirmation": Entry(
        D.DECISIONS,
        Whole(),
        ticket=("ticket",),
        personal=("action",),
        plain=("key", "digest", "procedure", "asked_at", "expires_at", "confirmed_at"),
        at="asked_at",
    ),
    "identity_code": Entry(
        D.IDENTITY,
        Whole(),
        ticket=("ticket",),
        customer=("customer",),
        plain=("number", "key", "message", "seed", "issued_at", "expires_at", "tries", "state", "sent_at"),
        at="issued_at",
    ),
    "customer_link": Entry(
        D.IDENTITY,
        Whole(),
        customer=("keep", "other"),
        personal=("why",),
        plain=("number", "bond", "at", "undone_at"),
        agents=("by", "undone_by"),
        ageless="it holds for as long as the two are one person, or are not",
    ),
    "feed_cursor": Entry(D.OPERATION, OURS, plain=("source", "cursor")),
    "past_ticket": Entry(
        D.LEARNING,
        Whole(),
        ticket=("ticket",),
        personal=("body",),
        plain=("version", "source", "kept_at"),
        at="kept_at",
    ),
    "correction": Entry(
        D.MESSAGES,
        Whole(),
        ticket=("ticket",),
        personal=("text",),
        plain=("number", "id", "message", "at"),
        at="at",
    ),
    "guidance": Entry(
        D.DECISIONS,
        Whole(),
        ticket=("ticket",),
        personal=("text",),
        plain=("number", "id", "procedure", "at", "message", "withdrawn_at"),
        agents=("agent", "withdrawn_by"),
        at="at",
    ),
    "agent_message": Entry(D.AUDIT, IDS, ticket=("ticket",), plain=("message", "at")),
    "identity_attempt": Entry(
        D.IDENTITY,
        Whole(),
        ticket=("ticket",),
        customer=("customer",),
        plain=("message", "code", "outcome", "waits", "left", "at", "until"),
        at="at",
    ),
    "journal": Entry(D.AUDIT, IDS, ticket=("ticket",), plain=("seq", "at", "kind", "body", "hash"), at="at"),
    "apart": Entry(
        D.AUDIT,
        Whole(),
        ticket=("about",),
        customer=("about",),
        address=("value",),
        personal=("value",),
        plain=("token", "at"),
        at="at",
    ),
    "result": Entry(
        D.DECISIONS,
        Blank({"result": without_words, "standing": None}),
        ticket=("ticket",),
        customer=("customer",),
        personal=("result", "standing"),
        plain=("number", "message", "outcome", "verified", "at"),
        at="at",
    ),
    "matter": Entry(
        D.DECISIONS,
        Whole(),
        ticket=("ticket",),
        customer=("customer",),
        personal=("claim",),
        plain=("number", "message", "at"),
        at="at",
    ),
    "exchange": Entry(
        D.MODELS,
        Whole(),
        ticket=("ticket",),
        personal=("question", "answer"),
        plain=("number", "message", "digest", "at"),
        at="at",
    ),
    "example": Entry(
        D.LEARNING,
        Whole(("number", "journal", "seq")),  # numbered by the line that tells of it
        customer=("customer",),
        personal=("example",),
        plain=("number", "id"),
    ),
    "conversation": Entry(
        D.MESSAGES,
        Whole(),
        place=("id",),
        address=("email", "phone"),
        personal=("name", "subject", "thread", "route"),
        plain=("verified", "channel", "created_at"),
        at="created_at",
    ),
    "conversation_message": Entry(
        D.MESSAGES,
        Whole(),
        place=("conversation",),
        personal=("text", "attachments", "original", "outer"),
        plain=("number", "id", "author", "public", "sent_at", "key", "vouched"),
        at="sent_at",
    ),
    "sending": Entry(
        D.MESSAGES, Whole(), place=("conversation",), personal=("text",), plain=("key", "began_at"), at="began_at"
    ),
    "channel_cursor": Entry(D.OPERATION, OURS, plain=("channel", "cursor")),
    "policy_text": Entry(D.OPERATION, OURS, plain=("digest", "files", "kept_at")),
    "library": Entry(D.OPERATION, OURS, plain=("number", "version", "embedder")),
    "article": Entry(
        D.OPERATION,
        Stays("it is the company's knowledge; what a help desk calls a precedent goes when it is gone there"),
        plain=(
            *("number", "origin", "source", "title", "text", "audience", "updated_at", "digest", "locale", "owner"),
            *("product", "version", "family", "precedent", "embedder"),
        ),
    ),
    "passage": Entry(
        D.OPERATION,
        OURS,
        plain=("number", "article", "embedder", "place", "heading", "start", "length", "links", "vector"),
    ),
    "proactive_contact": Entry(
        D.OUTREACH,
        Blank({"facts": {}, "why": "", "state": _settled}),
        ticket=("ticket",),
        customer=("customer",),
        personal=("facts", "why"),
        plain=("key", "family", "kind", "event", "origin", "at", "noticed_at", "state", "settled_at", "solved"),
        at="noticed_at",
    ),
    "opt_out": Entry(
        D.CONSENT,
        Stays("it is why nobody writes to them first"),
        customer=("customer",),
        plain=("number", "by", "at", "undone_by", "undone_at"),
    ),
    "drift_stream": Entry(D.OPERATION, OURS, plain=("procedure", "signal", "state")),
    "sign_in_attempt": Entry(D.OPERATION, OURS, plain=("number", "address", "at"), at="at"),
    "visit": Entry(D.OPERATION, Stays("it is gone within the hour"), plain=("number", "who", "at"), at="at"),
    "rating": Entry(
        D.RATINGS, Blank({"words": ""}), ticket=("ticket",), personal=("words",), plain=("score", "at"), at="at"
    ),
    "survey_answer": Entry(
        D.RATINGS,
        Blank({"words": ""}),
        ticket=("ticket",),
        personal=("words",),
        plain=("stretch", "score", "first", "at"),
        at="at",
    ),
    "sent_file": Entry(
        D.FILES,
        Whole(),
        ticket=("ticket",),
        personal=("name", "content"),
        plain=("id", "message", "type", "size", "at"),
        at="at",
    ),
    "stage_head": Entry(D.OPERATION, OURS, plain=("number", "seq", "seal")),
    "stage_seen": Entry(D.DECISIONS, Whole(), plain=("who", "procedure", "stage", "slot", "at"), at="at"),
    "rollup_state": Entry(D.OPERATION, OURS, plain=("name", "stamp", "upto", "building", "generation", "body")),
    "rollup_entry": Entry(
        D.AUDIT, IDS, ticket=("ticket",), plain=("number", "came_at", "closed_at", "counted", "body")
    ),
    "rollup_party": Entry(
        D.AUDIT, IDS, ticket=("ticket",), customer=("customer",), plain=("since", "until", "came_at", "arm")
    ),
    "rollup_customer": Entry(D.AUDIT, IDS, customer=("customer",), plain=("first_at", "arm", "left_at")),
    "rollup_contact": Entry(D.AUDIT, IDS, ticket=("ticket",), customer=("customer",), plain=("place", "at", "body")),
    "rollup_sum": Entry(D.OPERATION, OURS, plain=("cohort", "by", "day", "name", "body")),
    "forgetting": Entry(
        D.CONSENT,
        Stays("it is gone when the erasure that it tells of has ended"),
        plain=("id", "at", "tickets", "customers", "addresses", "done"),
    ),
    "forgotten": Entry(
        D.CONSENT, Stays("it holds keyed hashes, so that an erasure is done again"), plain=("mark", "id", "at")
    ),
    "restriction": Entry(
        D.CONSENT,
        Stays("it holds keyed hashes, so that no assistant reads what they write"),
        plain=("number", "who", "by", "at", "undone_by", "undone_at"),
    ),
    "account": Entry(
        D.OPERATION,
        COLLEAGUES,
        plain=("role", "queues", "made_at", "password", "totp", "totp_step", "codes", "disabled_at", "seen_at"),
        agents=("person",),
    ),
    "session": Entry(
        D.OPERATION,
        COLLEAGUES,
        plain=("id", "made_at", "seen_at", "expires_at", "agent", "place", "revoked_at"),
        agents=("person",),
    ),
    "api_token": Entry(
        D.OPERATION,
        COLLEAGUES,
        plain=("id", "name", "role", "made_at", "expires_at", "used_at", "revoked_at"),
        agents=("person",),
    ),
    "sign_in_link": Entry(D.OPERATION, COLLEAGUES, plain=("id", "expires_at", "used_at"), agents=("person",)),
    "federated": Entry(D.OPERATION, COLLEAGUES, plain=("issuer", "subject", "made_at"), agents=("person",)),
    "passkey": Entry(
        D.OPERATION,
        COLLEAGUES,
        plain=("id", "public", "uses", "name", "made_at", "used_at"),
        agents=("person",),
    ),
    "passkey_challenge": Entry(D.OPERATION, COLLEAGUES, plain=("id", "challenge", "expires_at"), agents=("person",)),
    "sign_in_trip": Entry(D.OPERATION, COLLEAGUES, plain=("id", "browser", "nonce", "verifier", "next", "expires_at")),
    "break_glass": Entry(
        D.OPERATION,
        COLLEAGUES,
        plain=("id", "why", "made_at", "expires_at", "used_at", "told_at", "seen_at"),
        agents=("by", "seen_by"),
    ),
    "account_attempt": Entry(D.OPERATION, COLLEAGUES, plain=("who", "wrong", "at")),
    "signing_key": Entry(D.OPERATION, OURS, plain=("public", "private", "made_at")),
    "desk_file": Entry(D.OPERATION, OURS, plain=("sha256", "content")),
    "desk_version": Entry(D.OPERATION, OURS, plain=("version", "digest", "files", "kept_at")),
}


@dataclass(frozen=True)
class Kept:
    """Files that the desk writes, by pattern: in its state folder, or where `beside` in the desk folder."""

    data: DataClass
    pattern: str
    ends: str
    beside: bool = False
    # A file that names one of theirs goes whole: it can be made again.
    goes: bool = field(default=False)


FILES: tuple[Kept, ...] = (
    Kept(D.OPERATION, "desk.sqlite", "the tables above"),
    Kept(D.OPERATION, "desk.sqlite-*", "emptied after each erasure"),
    Kept(D.OPERATION, "desk.sqlite.lock", "empty"),
    Kept(D.OPERATION, "secret", "the desk's own"),
    Kept(D.OPERATION, "moved", "names a database"),
    Kept(D.LEARNING, "examples.sqlite*", "erased whole: vectors are computed again"),
    Kept(D.OPERATION, "vectors.sqlite*", "vectors of articles under digests"),
    Kept(D.LEARNING, "replays/**/*", "a replay that names them is erased whole", goes=True),
    Kept(D.LEARNING, "evals/**/*", "a report that names them is erased whole", goes=True),
    Kept(D.LEARNING, "golden/**/*", "a golden ticket that names them is erased", beside=True, goes=True),
    Kept(D.LEARNING, "drafts/*", "a draft with words of theirs is erased", beside=True, goes=True),
    Kept(D.AUDIT, "checkpoints.jsonl", "numbers and signatures"),
    Kept(D.CONSENT, "receipts/*.json", "holds no personal value"),
    Kept(D.CONSENT, "forgotten.jsonl", "keyed hashes"),
    Kept(D.CONSENT, "forgotten.jsonl", "keyed hashes", beside=True),
    Kept(D.OPERATION, "twins/*", "stand for other systems: as theirs, it is not ours to erase"),
)

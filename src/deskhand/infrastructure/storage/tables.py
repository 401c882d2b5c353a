"""Our tables. Migrations lead to exactly this; a test compares the two."""

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy import Boolean, Column, Index, Integer, Table, Text, UniqueConstraint

from deskhand.domain.action import Action, Receipt
from deskhand.domain.attachment import Attachment
from deskhand.domain.example import Example
from deskhand.domain.finding import Value
from deskhand.domain.heard import Heard
from deskhand.domain.matter import Claim
from deskhand.domain.outcome import RunResult
from deskhand.domain.resolution import Resolution
from deskhand.domain.standing import Standing
from deskhand.domain.ticket import Ticket
from deskhand.infrastructure.storage.columns import Moment, Typed, Words

metadata = sa.MetaData()
number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")  # only INTEGER counts up by itself on SQLite
inbox = Table(
    "inbox",
    metadata,
    Column("source", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("ticket", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("received_at", Moment, nullable=False),
    UniqueConstraint("ticket", "message", name="inbox_message"),
    Index("inbox_source", "source", "received_at"),
)

ticket = Table(
    "ticket",
    metadata,
    Column("ticket", Text, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("turns", Integer, nullable=False),
    Column("owner", Text, nullable=False),
    Column("changed_at", Moment),
    Column("name", Words, nullable=False, server_default=""),
    Column("about", Words, nullable=False, server_default=""),
    Column("language", Text, nullable=False, server_default=""),
    Column("closed_at", Moment),
    Column("look_at", Moment),
    Index("ticket_changed_at", "changed_at"),
    Index("ticket_open", "closed_at", "changed_at"),
    Index("ticket_owner", "owner", "changed_at"),
    Index("ticket_channel", "channel", "changed_at"),
    Index("ticket_unclosed", "closed_at", "owner"),
)

viewing = Table(
    "viewing",
    metadata,
    Column("ticket", Text, primary_key=True),
    Column("person", Text, primary_key=True),
    Column("at", Moment, nullable=False),
)

effect = Table(
    "effect",
    metadata,
    Column("key", Text, primary_key=True),
    Column("ticket", Text, nullable=False),
    Column("customer", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("args", Typed(Mapping[str, str]), nullable=False),
    Column("minor", sa.BigInteger),
    Column("currency", Text),
    Column("alone", Boolean, nullable=False),
    Column("state", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("receipt", Typed(Receipt)),
    Column("reason", Words, nullable=False),
    Index("effect_ticket", "ticket"),
    Index("effect_subject", "subject", "state"),
    Index("effect_customer", "customer", "currency", "at"),
    Index("effect_state", "state", "at"),
    Index("effect_at", "at"),
)

handoff = Table(
    "handoff",
    metadata,
    Column("ticket", Text, primary_key=True),
    Column("message", Text, primary_key=True),
    Column("queue", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("due", Moment),
    Column("promised", Moment),
    Column("warned_at", Moment),
    Column("breached_at", Moment),
    Column("ended_at", Moment),
    Column("ended_by", Text),
    Index("handoff_open", "ended_at", "at"),
)

pause = Table(
    "pause",
    metadata,
    Column("scope", Text, primary_key=True),
    Column("by", Text, nullable=False),
    Column("why", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Column("lifted_at", Moment),
)

suggestion = Table(
    "suggestion",
    metadata,
    Column("id", Text, primary_key=True),
    Column("ticket", Text, nullable=False),
    Column("heard", Typed(Heard), nullable=False),
    Column("resolution", Typed(Resolution), nullable=False),
    Column("digest", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("roles", Typed(tuple[str, ...]), nullable=False),
    Column("state", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("settled_by", Text),
    Column("settled_at", Moment),
    Column("settled_text", Words),
    Index("suggestion_state", "state", "created_at"),
    Index("suggestion_ticket", "ticket"),
)

approval = Table(
    "approval",
    metadata,
    Column("number", number, primary_key=True, autoincrement=True),
    Column("suggestion", Text, sa.ForeignKey("suggestion.id"), nullable=False),
    Column("role", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("suggestion", "role", "person", "digest", name="approval_once"),
)

suggestion_shown = Table(
    "suggestion_shown",
    metadata,
    Column("suggestion", Text, sa.ForeignKey("suggestion.id"), primary_key=True),
    Column("person", Text, primary_key=True),
    Column("at", Moment, nullable=False),
)

confirmation = Table(
    "confirmation",
    metadata,
    Column("key", Text, primary_key=True),
    Column("ticket", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("action", Typed(Action), nullable=False),
    Column("procedure", Text, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("confirmed_at", Moment),
    Index("confirmation_ticket", "ticket"),
)

identity_code = Table(
    "identity_code",
    metadata,
    Column("number", number, primary_key=True, autoincrement=True),
    Column("key", Text, nullable=False, unique=True),
    Column("ticket", Text, nullable=False),
    Column("customer", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("seed", Text, nullable=False),
    Column("issued_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("sent_at", Moment),
    Index("identity_code_ticket", "ticket", "number"),
    Index("identity_code_customer", "customer", "issued_at"),
    Index("identity_code_state", "state", "expires_at"),
)

customer_link = Table(
    "customer_link",
    metadata,
    Column("number", number, primary_key=True, autoincrement=True),
    Column("bond", Text, nullable=False),
    Column("keep", Text, nullable=False),
    Column("other", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("why", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Column("undone_by", Text, nullable=False),
    Column("undone_at", Moment),
    Index("customer_link_keep", "keep"),
    sqlite_autoincrement=True,
)

feed_cursor = Table(
    "feed_cursor",
    metadata,
    Column("source", Text, primary_key=True),
    Column("cursor", Text, nullable=False),
)

past_ticket = Table(
    "past_ticket",
    metadata,
    Column("ticket", Text, primary_key=True),
    Column("version", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("kept_at", Moment, nullable=False),
    Column("body", Typed(Ticket), nullable=False),
    Index("past_ticket_source", "source"),
)

correction = Table(
    "correction",
    metadata,
    Column("number", number, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False),
    Column("ticket", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("text", Words, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("id", name="correction_id"),
    Index("correction_ticket", "ticket"),
)

guidance = Table(
    "guidance",
    metadata,
    Column("number", number, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("ticket", Text, nullable=False),
    Column("agent", Text, nullable=False),
    Column("text", Words, nullable=False),
    Column("procedure", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("message", Text, nullable=False),
    Column("withdrawn_by", Text),
    Column("withdrawn_at", Moment),
    Index("guidance_ticket", "ticket"),
)

agent_message = Table(
    "agent_message",
    metadata,
    Column("ticket", Text, primary_key=True),
    Column("message", Text, primary_key=True),
    Column("at", Moment, nullable=False),
)

identity_attempt = Table(
    "identity_attempt",
    metadata,
    Column("ticket", Text, primary_key=True),
    Column("message", Text, primary_key=True),
    Column("code", Text, nullable=False),
    Column("customer", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("waits", Text, nullable=False),
    Column("left", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("until", Moment),
    Index("identity_attempt_customer", "customer", "at"),
)

journal = Table(
    "journal",
    metadata,
    Column("seq", number, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("kind", Text, nullable=False),
    Column("ticket", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Index("journal_ticket", "ticket", "seq"),
    Index("journal_kind", "kind", "seq"),
    Index("journal_at", "at"),
)

result = Table(
    "result",
    metadata,
    Column("number", number, primary_key=True, autoincrement=True),
    Column("ticket", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("result", Typed(RunResult), nullable=False),
    Column("customer", Text, nullable=False, server_default=""),
    Column("verified", Boolean, nullable=False, server_default=sa.false()),
    Column("at", Moment),
    Column("standing", Typed(Standing)),
    UniqueConstraint("ticket", "message", name="result_message"),
    Index("result_customer", "customer", "number"),
)

matter = Table(
    "matter",
    metadata,
    Column("number", number, primary_key=True, autoincrement=True),
    Column("customer", Text, nullable=False),
    Column("ticket", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("claim", Typed(Claim), nullable=False),
    UniqueConstraint("ticket", "message", name="matter_message"),
    Index("matter_customer", "customer", "at"),
    Index("matter_at", "at"),
)

exchange = Table(
    "exchange",
    metadata,
    Column("number", number, primary_key=True, autoincrement=True),
    Column("ticket", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("question", Words, nullable=False),
    Column("answer", Words, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("ticket", "digest", name="exchange_question"),
)

example = Table(
    "example",
    metadata,
    Column("number", number, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("customer", Text, nullable=False),
    Column("example", Typed(Example), nullable=False),
    Index("example_customer", "customer"),
)

conversation = Table(
    "conversation",
    metadata,
    Column("id", Text, primary_key=True),
    Column("email", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("verified", Boolean, nullable=False),
    Column("subject", Words, nullable=False),
    Column("channel", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("phone", Text),
    Column("thread", Text),
    Column("route", Typed(Mapping[str, str])),
    Index("conversation_email", "email"),
    Index("conversation_thread", "channel", "thread"),
)

conversation_message = Table(
    "conversation_message",
    metadata,
    Column("number", number, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("conversation", Text, sa.ForeignKey("conversation.id"), nullable=False),
    Column("author", Text, nullable=False),
    Column("public", Boolean, nullable=False),
    Column("text", Words, nullable=False),
    Column("sent_at", Moment, nullable=False),
    Column("key", Text, unique=True),
    Column("outer", Text),
    Column("vouched", Boolean),
    Column("attachments", Typed(tuple[Attachment, ...])),
    Column("original", Words),
    Index("conversation_message_conversation", "conversation", "number"),
    Index("conversation_message_outer", "outer"),
)

sending = Table(
    "sending",
    metadata,
    Column("key", Text, primary_key=True),
    Column("conversation", Text, sa.ForeignKey("conversation.id"), nullable=False),
    Column("text", Words, nullable=False),
    Column("began_at", Moment, nullable=False),
)

channel_cursor = Table(
    "channel_cursor",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("cursor", Text, nullable=False),
)

policy_text = Table(
    "policy_text",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("files", Typed(Mapping[str, str]), nullable=False),
    Column("kept_at", Moment, nullable=False),
)

library = Table(
    "library",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("version", sa.BigInteger, nullable=False),
    Column("embedder", Text, nullable=False),
)

article = Table(
    "article",
    metadata,
    Column("number", number, primary_key=True, autoincrement=True),
    Column("origin", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("title", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("audience", Text, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("digest", Text, nullable=False),
    Column("locale", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("product", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("family", Text, nullable=False),
    Column("precedent", Boolean, nullable=False),
    Column("embedder", Text, nullable=False),
    UniqueConstraint("origin", "source", name="article_source"),
    Index("article_embedder", "embedder"),
    sqlite_autoincrement=True,  # a number is never given again: readers tell by it what they know
)

passage = Table(
    "passage",
    metadata,
    Column("number", number, primary_key=True, autoincrement=True),
    Column("article", number, sa.ForeignKey("article.number", ondelete="CASCADE"), nullable=False),
    Column("embedder", Text, nullable=False),
    Column("place", Integer, nullable=False),
    Column("heading", Words, nullable=False),
    Column("start", Integer, nullable=False),
    Column("length", Integer, nullable=False),
    Column("links", Typed(tuple[str, ...]), nullable=False),
    Column("vector", sa.LargeBinary, nullable=False),
    UniqueConstraint("article", "embedder", "place", name="passage_place"),
    sqlite_autoincrement=True,
)

proactive_contact = Table(
    "proactive_contact",
    metadata,
    Column("key", Text, primary_key=True),
    Column("family", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("event", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("customer", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("facts", Typed(Mapping[str, Value]), nullable=False),
    Column("noticed_at", Moment, nullable=False),
    Column("state", Text, nullable=False),
    Column("why", Words, nullable=False),
    Column("settled_at", Moment),
    Column("ticket", Text, nullable=False),
    Column("solved", Boolean),
    Index("proactive_contact_customer", "customer", "at"),
    Index("proactive_contact_state", "state"),
    Index("proactive_contact_origin", "origin"),
)

opt_out = Table(
    "opt_out",
    metadata,
    Column("number", number, primary_key=True, autoincrement=True),
    Column("customer", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("undone_by", Text, nullable=False),
    Column("undone_at", Moment),
    Index("opt_out_customer", "customer"),
    sqlite_autoincrement=True,
)

drift_stream = Table(
    "drift_stream",
    metadata,
    Column("procedure", Text, primary_key=True),
    Column("signal", Text, primary_key=True),
    Column("state", Text, nullable=False),
)

sign_in_attempt = Table(
    "sign_in_attempt",
    metadata,
    Column("number", number, primary_key=True, autoincrement=True),
    Column("address", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index("sign_in_attempt_at", "at"),
)

account = Table(
    "account",
    metadata,
    Column("person", Text, primary_key=True),
    Column("role", Text, nullable=False),
    Column("queues", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("password", Text, nullable=False),
    Column("totp", Text, nullable=False),
    Column("totp_step", sa.BigInteger, nullable=False),
    Column("codes", Text, nullable=False),
    Column("disabled_at", Moment),
    Column("seen_at", Moment),
)

session = Table(
    "session",
    metadata,
    Column("id", Text, primary_key=True),
    Column("person", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("agent", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("revoked_at", Moment),
    Index("session_person", "person"),
)

api_token = Table(
    "api_token",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    Column("revoked_at", Moment),
    Index("api_token_person", "person"),
)

sign_in_link = Table(
    "sign_in_link",
    metadata,
    Column("id", Text, primary_key=True),
    Column("person", Text, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
)

federated = Table(
    "federated",
    metadata,
    Column("issuer", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("person", Text, nullable=False, unique=True),
    Column("made_at", Moment, nullable=False),
)
passkey = Table(
    "passkey",
    metadata,
    Column("id", Text, primary_key=True),
    Column("person", Text, nullable=False),
    Column("public", Text, nullable=False),
    Column("uses", sa.BigInteger, nullable=False),
    Column("name", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("used_at", Moment),
    Index("passkey_person", "person"),
)
passkey_challenge = Table(
    "passkey_challenge",
    metadata,
    Column("id", Text, primary_key=True),
    Column("challenge", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("expires_at", Moment, nullable=False),
)
sign_in_trip = Table(
    "sign_in_trip",
    metadata,
    Column("id", Text, primary_key=True),
    Column("browser", Text, nullable=False),
    Column("nonce", Text, nullable=False),
    Column("verifier", Text, nullable=False),
    Column("next", Text, nullable=False),
    Column("expires_at", Moment, nullable=False),
)
break_glass = Table(
    "break_glass",
    metadata,
    Column("id", Text, primary_key=True),
    Column("by", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    Column("told_at", Moment),
    Column("seen_by", Text, nullable=False),
    Column("seen_at", Moment),
)
account_attempt = Table(
    "account_attempt",
    metadata,
    Column("who", Text, primary_key=True),
    Column("wrong", Integer, nullable=False),
    Column("at", Moment, nullable=False),
)

visit = Table(
    "visit",
    metadata,
    Column("number", number, primary_key=True, autoincrement=True),
    Column("who", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index("visit_who", "who", "at"),
    Index("visit_at", "at"),
)

rating = Table(
    "rating",
    metadata,
    Column("ticket", Text, primary_key=True),
    Column("score", Integer, nullable=False),
    Column("words", Words, nullable=False),
    Column("at", Moment, nullable=False),
)

survey_answer = Table(
    "survey_answer",
    metadata,
    Column("ticket", Text, primary_key=True),
    Column("stretch", Integer, primary_key=True),
    Column("score", Integer, nullable=False),
    Column("words", Words, nullable=False),
    Column("first", Moment, nullable=False),
    Column("at", Moment, nullable=False),
)

sent_file = Table(
    "sent_file",
    metadata,
    Column("id", Text, primary_key=True),
    Column("ticket", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("name", Words, nullable=False),
    Column("type", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("content", sa.LargeBinary, nullable=False),
    Index("sent_file_ticket", "ticket"),
)

stage_head = Table(
    "stage_head",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("seq", sa.BigInteger, nullable=False),
    Column("seal", Text, nullable=False),
)

stage_seen = Table(
    "stage_seen",
    metadata,
    Column("who", Text, primary_key=True),
    Column("procedure", Text, primary_key=True),
    Column("stage", Text, nullable=False),
    Column("slot", sa.Float, nullable=False),
    Column("at", Moment, nullable=False),
    Index("stage_seen_at", "at"),
)

rollup_state = Table(
    "rollup_state",
    metadata,
    Column("name", Text, primary_key=True),
    Column("stamp", Text, nullable=False),
    Column("upto", number, nullable=False),
    Column("building", Text),
    Column("generation", number, nullable=False),
    Column("body", Text, nullable=False, server_default="{}"),
)

rollup_entry = Table(
    "rollup_entry",
    metadata,
    Column("ticket", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("came_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Column("counted", Boolean, nullable=False),
    Column("body", Text, nullable=False),
    Index("rollup_entry_came", "came_at", "ticket"),
    Index("rollup_entry_closed", "closed_at", "came_at"),
)

rollup_party = Table(
    "rollup_party",
    metadata,
    Column("customer", Text, primary_key=True),
    Column("ticket", Text, primary_key=True),
    Column("since", Moment),
    Column("until", Moment),
    Column("came_at", Moment),
    Column("arm", Text, nullable=False),
    Index("rollup_party_ticket", "ticket"),
    sqlite_with_rowid=False,
)

rollup_contact = Table(
    "rollup_contact",
    metadata,
    Column("ticket", Text, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("customer", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("body", Text, nullable=False),
    Index("rollup_contact_customer", "customer", "at"),
    sqlite_with_rowid=False,
)

rollup_customer = Table(
    "rollup_customer",
    metadata,
    Column("customer", Text, primary_key=True),
    Column("first_at", Moment),
    Column("arm", Text, nullable=False),
    Column("left_at", Moment),
    Index("rollup_customer_first", "first_at"),
    sqlite_with_rowid=False,
)

rollup_sum = Table(
    "rollup_sum",
    metadata,
    Column("cohort", Text, primary_key=True),
    Column("by", Text, primary_key=True),
    Column("day", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("body", Text, nullable=False),
)

signing_key = Table(
    "signing_key",
    metadata,
    Column("public", Text, primary_key=True),
    Column("private", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
)

desk_file = Table(
    "desk_file",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("content", sa.LargeBinary, nullable=False),
)

desk_version = Table(
    "desk_version",
    metadata,
    Column("version", Text, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("files", sa.JSON, nullable=False),
    Column("kept_at", Moment, nullable=False),
)

apart = Table(
    "apart",
    metadata,
    Column("token", Text, primary_key=True),
    Column("value", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index("apart_value", "value"),
    Index("apart_about", "about"),
)

forgetting = Table(
    "forgetting",
    metadata,
    Column("id", Text, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("tickets", Typed(tuple[str, ...]), nullable=False),
    Column("customers", Typed(tuple[str, ...]), nullable=False),
    Column("addresses", Typed(tuple[str, ...]), nullable=False),
    Column("done", Typed(Mapping[str, Mapping[str, int]]), nullable=False),
)

forgotten = Table(
    "forgotten",
    metadata,
    Column("mark", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("at", Moment, nullable=False),
)

restriction = Table(
    "restriction",
    metadata,
    Column("number", number, primary_key=True, autoincrement=True),
    Column("who", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("undone_by", Text, nullable=False),
    Column("undone_at", Moment),
    Index("restriction_who", "who"),
)

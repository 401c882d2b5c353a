"""Past tickets as Zendesk, Freshdesk and Jira Service Management export them in JSON."""

from collections.abc import Callable, Mapping
from typing import Any

from deskhand.connectors.history_file.plain import rating
from deskhand.connectors.history_file.text import plain_of, said, told_time
from deskhand.domain.past_ticket import PastTicket
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Author, Message, Requester, Status, Ticket

Json = Mapping[str, Any]
GOOD, BAD = 5, 1  # Zendesk asks for one of two
RATINGS = {"good": GOOD, "bad": BAD}
# Freshdesk counts from extremely happy to extremely unhappy: 103, 102, 101, 100, -101, -102, -103; or 1, 2, 3 of old.
HAPPINESS = {103: 5, 102: 5, 101: 4, 100: 3, -101: 2, -102: 1, -103: 1, 1: 5, 2: 3, 3: 1}


def zendesk(told: Json) -> PastTicket:
    """A ticket of the JSON export, with its `comments`; people by id in `users`, or whole in their places."""
    created, requester = told_time(told["created_at"], "created_at"), _person(told, "requester")
    first = Message("0", Author.CUSTOMER, True, said(told.get("description") or "", "description"), created)
    comments = [
        Message(
            id=str(one.get("id", place)),
            author=_author(str(one.get("author_id", "")), one.get("author"), told, requester),
            public=one.get("public") is not False,
            text=said(one.get("plain_body") or plain_of(one.get("html_body") or "") or one.get("body") or "", "body"),
            sent_at=told_time(one.get("created_at", told["created_at"]), "created_at"),
        )
        for place, one in enumerate(told.get("comments") or ())
    ]
    score = told.get("satisfaction_rating")
    word = str((score.get("score") if isinstance(score, Mapping) else score) or "").partition("_")[0]
    metrics = told.get("metric_set") or {}
    solved = metrics.get("solved_at") or told.get("solved_at")
    return PastTicket(
        _ticket("zendesk", told["id"], told.get("subject"), _channel(told), requester, comments or [first]),
        csat=RATINGS.get(word),
        resolved_at=told_time(solved, "solved_at") if solved else None,
    )


def freshdesk(told: Json) -> PastTicket:
    """A ticket of the account export (`helpdesk_ticket` around it or not), with its `notes`; or as its API gives it,
    with `conversations`."""
    told = told.get("helpdesk_ticket", told)
    created, requester = told_time(told["created_at"], "created_at"), _person(told, "requester")
    description = told.get("description_text") or plain_of(
        told.get("description") or told.get("description_html") or ""
    )
    messages = [Message("0", Author.CUSTOMER, True, said(description, "description"), created)]
    for place, wrapped in enumerate(told.get("notes") or told.get("conversations") or (), 1):
        one = wrapped.get("helpdesk_note", wrapped)
        body = one.get("body_text") or plain_of(one.get("body") or one.get("body_html") or "")
        theirs = one.get("incoming") is True or str(one.get("user_id", "")) == str(told.get("requester_id", "-"))
        at = told_time(one["created_at"], "created_at")
        who = Author.CUSTOMER if theirs else Author.AGENT
        messages.append(Message(str(one.get("id", place)), who, one.get("private") is not True, said(body, "body"), at))
    states = told.get("ticket_states") or told.get("stats") or {}
    solved = states.get("resolved_at")
    unread: list[str] = []
    happiness = told.get("satisfaction_rating")
    stars = HAPPINESS.get(happiness) if isinstance(happiness, int) else rating(happiness, unread)
    number = told.get("display_id") or told["id"]
    return PastTicket(
        _ticket("freshdesk", number, told.get("subject"), "email", requester, messages),
        csat=stars,
        resolved_at=told_time(solved, "resolved_at") if solved else None,
        unread=tuple(unread),
    )


def jira(told: Json) -> PastTicket:
    """An issue of a search, with its comments among its `fields`."""
    fields = told["fields"]
    who = fields.get("reporter") or {}
    email = str(who.get("emailAddress") or "").lower()
    requester = Requester(str(who.get("displayName") or ""), email, verified=False)
    if not email:
        raise ValueError("its reporter has no emailAddress: nobody can be found by it")
    created = told_time(fields["created"], "created")
    text = "\n\n".join(filter(None, (str(fields.get("summary") or ""), words(fields.get("description")))))
    messages = [Message("0", Author.CUSTOMER, True, said(text, "description"), created)]
    for place, one in enumerate((fields.get("comment") or {}).get("comments") or (), 1):
        author = one.get("author") or {}
        theirs = author.get("accountId") == who.get("accountId") if who.get("accountId") else False
        theirs = theirs or (bool(email) and str(author.get("emailAddress") or "").lower() == email)
        role = Author.CUSTOMER if theirs else Author.AGENT
        at = told_time(one["created"], "created")
        public = one.get("jsdPublic") is not False
        messages.append(Message(str(one.get("id", place)), role, public, said(words(one.get("body")), "body"), at))
    solved = fields.get("resolutiondate")
    return PastTicket(
        _ticket("jira", told["key"], fields.get("summary"), "jira", requester, messages),
        resolved_at=told_time(solved, "resolutiondate") if solved else None,
    )


def words(node: Any) -> str:
    """Of a text, or of Atlassian's document format."""
    if isinstance(node, str):
        return node
    if not isinstance(node, Mapping):
        return ""
    inner = [words(one) for one in node.get("content") or ()]
    if node.get("type") in ("doc", "bulletList", "orderedList", "listItem", "blockquote"):
        return "\n".join(inner)
    return str(node.get("text") or ("\n" if node.get("type") == "hardBreak" else "")) + "".join(inner)


def shape(told: Json) -> Callable[[Json], PastTicket] | None:
    """The export that this looks like; None when it is none of these."""
    if "fields" in told and "key" in told:
        return jira
    if "helpdesk_ticket" in told or ({"requester_id", "created_at"} <= told.keys() and _freshdesk(told)):
        return freshdesk
    return zendesk if "created_at" in told and {"requester", "requester_id"} & told.keys() else None


def _freshdesk(told: Json) -> bool:
    return bool({"conversations", "notes", "description_text", "display_id"} & told.keys())


def _person(told: Json, name: str) -> Requester:
    whole = told.get(name)
    if not isinstance(whole, Mapping):
        known = {str(one.get("id")): one for one in told.get("users") or ()}
        whole = known.get(str(told.get(f"{name}_id")), {})
    email = str(whole.get("email") or told.get("email") or "").strip().lower()
    if not email:
        raise ValueError(f"its {name} has no email: nobody can be found by it")
    return Requester(str(whole.get("name") or ""), email, verified=False)


def _author(id: str, whole: Any, told: Json, requester: Requester) -> Author:
    own = str(told.get("requester_id") or (told.get("requester") or {}).get("id") or "")
    if isinstance(whole, Mapping) and str(whole.get("email") or "").lower() == requester.email:
        return Author.CUSTOMER
    return Author.CUSTOMER if id and id == own else Author.AGENT


def _channel(told: Json) -> str:
    via = told.get("via")
    return str((via.get("channel") if isinstance(via, Mapping) else via) or "email")


def _ticket(
    system: str, number: Any, subject: Any, channel: str, requester: Requester, messages: list[Message]
) -> Ticket:
    messages = sorted(messages, key=lambda one: one.sent_at)
    return Ticket(
        ref=Ref(system, "ticket", str(number)),
        subject=said(subject or "", "subject"),
        status=Status.CLOSED,
        channel=channel,
        requester=requester,
        tags=frozenset(),
        version="",
        created_at=messages[0].sent_at,
        messages=tuple(messages),
    )

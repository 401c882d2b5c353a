"""Who can get in, with what, and since when: the rows of an access review. No secret, and no whole address."""

from collections.abc import Sequence

from deskhand.domain.account import Member

COLUMNS = (
    "person",
    "role",
    "roles",
    "queues",
    "set_in",
    "state",
    "made_at",
    "seen_at",
    "second_factor",
    "sessions",
    "tokens",
)


def review(members: Sequence[Member]) -> list[dict[str, object]]:
    """A row for each person, by name."""
    return [_row(one) for one in members]


def state_of(one: Member) -> str:
    """ "active", "invited", "disabled", "no account", "directory": no person, but
    the company's directory, or "removed": in no list, and with no role of an account."""
    account = one.account
    if any(each.role is None for each in one.tokens):
        return "directory"
    if account and account.disabled_at:
        return "disabled"
    if one.role is None:
        return "removed"
    if account is None:
        return "no account"
    return "active" if account.ready or account.seen_at else "invited"


def _row(one: Member) -> dict[str, object]:
    account = one.account
    return {
        "person": one.person,
        "role": one.role,
        "roles": list(one.roles),
        "queues": "all" if one.queues is None else list(one.queues),
        "set_in": "desk.toml" if one.named else "account",
        "state": state_of(one),
        "made_at": account.made_at if account else None,
        "seen_at": account.seen_at if account else None,
        "second_factor": bool(account and account.second_factor),
        "sessions": len(one.sessions),
        "tokens": [
            {
                "id": each.id[:12],
                "name": each.name,
                "role": each.role or "scim",
                "until": each.expires_at,
                "used": each.used_at,
            }
            for each in one.tokens
            if each.revoked_at is None
        ],
    }

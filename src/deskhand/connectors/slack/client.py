"""Slack's Web API: it answers 200 whatever happened, and says in the body what did."""

from typing import Any

from deskhand.connectors.http.wire import Wire
from deskhand.domain.errors import Busy, ConnectorError, Down, Invalid, Missing, Refused, Unconfirmed

REFUSED = frozenset(
    "invalid_auth not_authed account_inactive token_revoked token_expired no_permission missing_scope"
    " org_login_required ekm_access_denied not_allowed_token_type access_denied".split()
)
INVALID = frozenset(
    "channel_not_found not_in_channel is_archived msg_too_long no_text restricted_action invalid_blocks user_not_found"
    " restricted_action_thread_only_channel restricted_action_read_only_channel invalid_arguments"
    " invalid_metadata_format metadata_too_large cannot_reply_to_message messages_tab_disabled user_not_visible".split()
)
MISSING = frozenset({"thread_not_found", "message_not_found"})
BUSY = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})


class SlackClient:
    def __init__(self, wire: Wire):
        self._wire = wire

    def read(self, method: str, **params: str) -> dict[str, Any]:
        path = f"/api/{method}"
        return _ok(self._wire.read(path, **params), f"GET {path}", None)

    def write(self, method: str, body: dict[str, Any], *, key: str) -> dict[str, Any]:
        path = f"/api/{method}"
        return _ok(self._wire.write("POST", path, key=key, json=body), f"POST {path}", key)


def _ok(answer: Any, where: str, key: str | None) -> dict[str, Any]:
    if isinstance(answer, dict) and answer.get("ok") is True:
        return answer
    error = answer.get("error") if isinstance(answer, dict) else None
    raise _classified(str(error), where, key)


def _classified(error: str, where: str, key: str | None) -> ConnectorError:
    """What we do not know by name may have been done: some of Slack's own failures come after the deed."""
    if error in REFUSED:
        return Refused(f"{where}: {error}")
    if error in INVALID:
        return Invalid(f"{where}: {error}")
    if error in MISSING:
        return Missing(f"{where}: {error}")
    if error in BUSY:
        return Busy(f"{where}: {error}")
    return Down(f"{where}: failed on their side") if key is None else Unconfirmed(key, f"{where}: failed on their side")

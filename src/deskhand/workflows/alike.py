"""Suggestions that are the same but for whom they greet, and that do nothing: a look at one is a look at all."""

import re
from collections.abc import Hashable, Iterable, Sequence

from deskhand.domain.outreach import CHANNEL
from deskhand.domain.phrases import phrases_in
from deskhand.domain.stage import Stage
from deskhand.domain.suggestion import Suggestion

MOST = 20  # that one click may decide
FIRST, FULL = r"[^\s,.!?:;]{1,60}", r"[^\n,.!?:;]{1,120}"


def shape(one: Suggestion) -> Hashable | None:
    """Equal for those that are the same. None for what must be looked at by itself: whatever acts, wants a role, rests
    on no article, was written first by us, came with files, is on another ticket already, or is for reading only."""
    plan = one.resolution
    acts = plan.proposals or plan.step_up or one.roles
    apart = plan.elsewhere or one.heard.attachments or one.heard.channel == CHANNEL
    if acts or apart or one.stage is Stage.READ_ONLY or not plan.citations:
        return None
    body = _without_greeting(plan.reply, one.heard.understanding.language)
    return (one.stage, body, plan.end, plan.citations, plan.procedures, plan.asks)


def groups(pending: Iterable[Suggestion]) -> list[Sequence[Suggestion]]:
    """Those of at least two, the largest first, each of `MOST` at most; within one the order is kept."""
    found: dict[Hashable, list[Suggestion]] = {}
    for one in pending:
        if (same := shape(one)) is not None:
            found.setdefault(same, []).append(one)
    several = [one[:MOST] for one in found.values() if len(one) > 1]
    return sorted(several, key=len, reverse=True)


def _without_greeting(reply: str, language: str) -> str:
    """A first line of any other form than our own greeting is compared word for word."""
    phrases = phrases_in(language)
    named = re.escape(phrases.hello).replace(r"\{first\}", FIRST).replace(r"\{full\}", FULL)
    greeting = re.match(rf"(?:{named}|{re.escape(phrases.hello_nobody)})\n\n", reply)
    return reply[greeting.end() :] if greeting else reply

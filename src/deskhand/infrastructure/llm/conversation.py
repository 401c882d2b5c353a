"""What was said before a message, as a model reads it."""

from deskhand.domain.thread import Former, Thread
from deskhand.infrastructure.llm.fence import fenced


def conversation(thread: Thread) -> str:
    """The thread as text, or "" when nothing was said before."""
    parts = []
    if thread.former:
        parts.append(fenced("earlier tickets of this customer", "\n".join(map(_former, thread.former))))
    if thread.said:
        left_out = [f"[{thread.left_out} messages left out]"] if thread.left_out else []
        first, *last = (f"{one.author} on {one.at:%Y-%m-%d}: {one.text}" for one in thread.said)
        parts.append(fenced("conversation before the message", "\n".join((first, *left_out, *last))))
    if thread.asked:
        parts.append(f"Our last reply asked the customer for: {thread.asked}")
    return "\n\n".join(parts)


def _former(one: Former) -> str:
    done = f"; done: {', '.join(one.done)}" if one.done else ""
    return f"{one.at:%Y-%m-%d}: asked {'; '.join(one.asked)}. It ended {one.outcome}{done}."

"""The packet as an internal note that an agent reads in the help desk."""

from deskhand.domain.handoff import Handoff
from deskhand.escalation.sections import sections


def note(handoff: Handoff) -> str:
    """Plain Markdown, most urgent first."""
    lines: list[str] = []
    for one in sections(handoff):
        if one.listed:
            lines += [f"**{one.title}:**", *(f"- {line}" for line in one.lines)]
        else:
            lines.append(f"**{one.title}:** {one.lines[0]}")
    return "\n".join(lines)

"""The packet as an internal note that an agent reads in the help desk."""

from deskhand.domain.handoff import Handoff


def note(handoff: Handoff) -> str:
    """Plain Markdown, most urgent first."""
    done = [f"{r.system} {r.id} at {r.at:%Y-%m-%d %H:%M} UTC ({r.key})" for r in handoff.done]
    facts = [f"{f.name}: {f.value} ({f.source}, {f.read_at:%H:%M} UTC)" for f in handoff.facts]
    return "\n".join(
        [
            f"**Handed over to {handoff.queue}** ({handoff.reason}): {handoff.because}",
            f"**Next step:** {handoff.next_step}",
            f"**Customer:** {handoff.identity}",
            f"**Mood:** {handoff.sentiment}, {handoff.urgency}. **Language:** {handoff.language}. "
            f"**Deadline:** {handoff.deadline}",
            *_listed("Wants", handoff.requests),
            *_listed("Found", tuple(facts) or ("nothing, because nothing could be read",)),
            *_listed("Done", tuple(done) or ("nothing",)),
            *_listed("Refused by policy", handoff.refused or ("nothing",)),
            *_listed("Pending", handoff.pending or ("nothing",)),
            *_listed("Tried", handoff.tried),
            f"**Promised:** {handoff.promised}",
            f"**Open question:** {handoff.open_question}",
            *_listed("Attachments", handoff.attachments),
        ]
    )


def _listed(title: str, lines: tuple[str, ...]) -> list[str]:
    return [f"**{title}:**", *(f"- {line}" for line in lines)]

"""What a message with a one-time code asks for: what waited for the code."""

from dataclasses import replace

from deskhand.domain.standing import Standing
from deskhand.domain.understanding import Kind, Understanding
from deskhand.understanding.one_time import bare

FEW = 12  # words beside a code: "here is the code you sent me, thank you" asks for nothing else


def go_on(text: str, now: Understanding, before: Standing | None) -> Understanding:
    """The requests that waited, and whatever else the message asks for in more than a few words. A no, or a wish for a
    person, is heard as it stands."""
    if before is None or now.says_no or now.wants_human:
        return now
    others = [one for one in now.requests if one.kind in (Kind.PROCEDURE, Kind.QUESTION)]
    waited = {one.procedure for one in before.requests}
    beside = [one for one in others if one.procedure not in waited] if len(bare(text).split()) > FEW else []
    return replace(now, language=before.language, requests=(*before.requests, *beside), says_yes=False, corrects=False)

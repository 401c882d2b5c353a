"""What a message with a one-time code asks for: what waited for the code."""

import re
from dataclasses import replace

from deskhand.domain.standing import Standing
from deskhand.domain.understanding import Kind, Understanding
from deskhand.understanding.one_time import bare

# A word of refusal, in the languages that customers write in. It may be meant otherwise ("no problem, here it is"):
# then they ask once more, which is better than doing what they take back.
NO = re.compile(
    r"\b(?:no|not|\w{2,6}n['\u2019]?t|dont|never|stop|wait|forget it|nein|nicht|kein\w{0,2}|halt|stopp|warte|non|pas"
    r"|jamais|arr[eê]te[zr]?|nunca|jam[aá]s|niet|geen|nooit|nie|inte|ikke|ei|n[aã]o|mai)\b",
    re.IGNORECASE,
)
FEW = 12  # words beside a code: "here is the code you sent me, thank you" asks for nothing else


def go_on(text: str, now: Understanding, before: Standing | None) -> Understanding:
    """The requests that waited, and whatever else the message asks for in more than a few words. Beside a no, or a wish
    for a person, nothing that waited goes on: the message is heard as it stands."""
    beside = bare(text)
    if before is None or now.says_no or now.wants_human or NO.search(beside):
        return now
    others = [one for one in now.requests if one.kind in (Kind.PROCEDURE, Kind.QUESTION)]
    waited = {one.procedure for one in before.requests}
    more = [one for one in others if one.procedure not in waited] if len(beside.split()) > FEW else []
    return replace(now, language=before.language, requests=(*before.requests, *more), says_yes=False, corrects=False)

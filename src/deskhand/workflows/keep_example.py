"""What an agent made of a suggestion, as an example: masked, and without the letter around it."""

import re
from datetime import datetime

from deskhand.domain.example import Example, Judged, whose
from deskhand.domain.phrases import PHRASES
from deskhand.domain.suggestion import Suggestion, SuggestionState
from deskhand.understanding.redact import for_others
from deskhand.understanding.understand import readable

LONGEST_NAME = 200
NAME = re.compile(r"[^\W\d_]{2,}")
OURS = "|".join(sorted({re.escape(one.hello.partition("{")[0].strip(" ,:")) for one in PHRASES.values()}))
GREETING = re.compile(
    rf"(?:{OURS}|hello|hey|dear|good (?:morning|afternoon|evening))\b[^\n,.!?:]{{0,60}}+,?+[^\n,.!?:]{{0,60}}+"
    r"[,.!:]?+[ \t]*+\n\s*+",
    re.IGNORECASE,
)


def example_of(
    suggestion: Suggestion, decision: SuggestionState, text: str, *, customer: str, now: datetime, about: str = ""
) -> Example | None:
    """None when it teaches nothing: approved as it was, nobody decided, only white space was changed, or it only points
    to another ticket.

    `text` is the edited reply or the reason. Nothing that a customer wrote becomes `instead` or `reason`.
    """
    before = suggestion.resolution.reply
    edited = decision is SuggestionState.EDITED and before.split() != text.split()
    if suggestion.resolution.only_points or (not edited and decision is not SuggestionState.REJECTED):
        return None
    heard = suggestion.heard
    return Example(
        id=suggestion.id,
        customer=whose(customer, heard.requester.email),
        message=for_others(heard.text),
        language=heard.understanding.language,
        procedures=suggestion.resolution.procedures,
        suggested=_body(before, before, heard.requester.name),
        judged=Judged.EDITED if edited else Judged.REJECTED,
        instead=_body(text, before, heard.requester.name) if edited else "",
        reason="" if edited else readable(text, for_others),
        at=now,
        about=about,
    )


def _body(letter: str, suggested: str, name: str) -> str:
    """Without greeting, without the signature that we put under it, and with [name] for the requester's."""
    text = readable(letter, for_others)
    signature = readable(suggested, for_others).rpartition("\n\n")[2]
    greeting = GREETING.match(text)
    text = text[greeting.end() if greeting else 0 :].strip().removesuffix(signature).strip()
    names = {re.escape(part) for part in NAME.findall(name[:LONGEST_NAME])}
    return re.sub(rf"\b(?:{'|'.join(sorted(names))})\b", "[name]", text, flags=re.IGNORECASE) if names else text

"""Cuts what a mail program quoted below or between an answer; the writer's own new words are never cut."""

import re
from collections.abc import Iterable, Sequence

RUN = 3  # words in a row by which a line is known again, however it was wrapped
Runs = frozenset[tuple[str, ...]]
LONGEST_LEAD = 300  # characters of the line, or of the two lines, that lead to a quotation
# "On Tue, 3 Nov 2026 at 10:01, Lumen Support <support@lumen.example> wrote:"
WROTE = re.compile(
    r"\b(?:wrote|schrieb|a écrit|escribió|ha scritto|escreveu|schreef|skrev|kirjoitti|pisze|napsala?|napisała?)\b"
    r"|\bnapsal\(a\)|\bnapisał\(a\)",
    re.IGNORECASE,
)
# The first half of such a line: it goes only when it tells a day and an hour, as nobody's own words do so early.
BROKEN = re.compile(
    r"[ \t]*(?:on|am|le|el|il giorno|em|op|den|dne|w dniu)\b[^\n]{0,40}\b\d{4}\b[^\n]{0,20}\d[:.]\d\d", re.IGNORECASE
)
RULE = re.compile(r"[ \t]*(?:-{2,60} ?[\w ]{3,40} ?-{2,60}|_{5,120}|#{1,3}-.{3,120}-#{1,3})[ \t]*")
HEAD = re.compile(
    r"[ \t]*\*?(?:from|sent|to|cc|date|subject|reply-to|von|gesendet|an|datum|betreff|de|envoyé|à|objet|para|enviado"
    r"|asunto|assunto|da|inviato|a|oggetto|van|verzonden|aan|onderwerp|fra|til|emne|från|skickat|till|ämne|lähettäjä"
    r"|lähetetty|vastaanottaja|aihe|od|wysłano|do|temat|odesláno|komu|předmět)\*?[ \t]?:",
    re.IGNORECASE,
)
WORD = re.compile(r"\w+")


def own_words(text: str, earlier: Sequence[Runs]) -> str:
    """The text without what it quotes. `earlier` are the runs of the messages before it.

    A line marked with > goes when it stands below a line that leads to a quotation, or was said before. What stands
    unmarked below such a line goes only when it was said before: it may as well be the answer. All stays when nothing
    else is left.
    """
    lines = text.split("\n")
    quoted, below = [False] * len(lines), False
    for number, line in enumerate(lines):
        if size := _lead(lines, number, earlier):
            below = True
            quoted[number : number + size] = [True] * size
        elif line.lstrip().startswith(">"):
            quoted[number] = below or was_said(line, earlier)
        elif below and not quoted[number]:
            quoted[number] = bool(HEAD.match(line)) or was_said(line, earlier)
    kept = [line for line, gone in zip(lines, quoted, strict=True) if not gone]
    own = any(line.strip() and not line.lstrip().startswith(">") for line in kept)
    return "\n".join(kept) if own else text


def words_of(text: str) -> list[str]:
    """Its words alone, to compare texts that were wrapped or marked up differently."""
    return WORD.findall(text.casefold())


def runs(text: str) -> Runs:
    """Every few words in a row."""
    words = words_of(text)
    return frozenset(zip(*(words[start:] for start in range(RUN)), strict=False))


def was_said(line: str, earlier: Iterable[Runs]) -> bool:
    """Whether one of those messages says all of this line; a scrap of one or two words is known nowhere."""
    own = runs(line)
    return bool(own) and any(own <= said for said in earlier)


def _lead(lines: list[str], number: int, earlier: Sequence[Runs]) -> int:
    """How many lines lead to a quotation here: none, one, or two when a long one was broken."""
    line = lines[number]
    if len(line) <= LONGEST_LEAD and RULE.fullmatch(line):
        after = _next(lines, number + 1)
        return int(bool(HEAD.match(after)) or after.startswith(">") or was_said(after, earlier))
    for size in (1, 2) if BROKEN.match(line[:LONGEST_LEAD]) else (1,):
        lead = " ".join(lines[number : number + size]).rstrip()
        if len(lead) > LONGEST_LEAD or not lead.endswith(":"):
            continue
        after = _next(lines, number + size)
        if _names_writer(lead) and (after.startswith(">") or was_said(after, earlier)):
            return size
    return 0


def _names_writer(lead: str) -> bool:
    """Whether it says when somebody wrote."""
    return any(map(str.isdigit, lead)) and WROTE.search(lead) is not None


def _next(lines: list[str], start: int) -> str:
    """The next line with something in it, of the few that follow."""
    return next((line.lstrip() for line in lines[start : start + 3] if line.strip()), "")

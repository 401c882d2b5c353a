"""Knowledge health: reads what articles state, and joins it with the journal and with words kept elsewhere."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from deskhand.domain.article import Article
from deskhand.domain.example import Example
from deskhand.domain.standing import Standing
from deskhand.domain.understanding import Kind, Request
from deskhand.measurement.knowledge.changes import changes
from deskhand.measurement.knowledge.contradictions import contradictions
from deskhand.measurement.knowledge.gaps import Question, gaps
from deskhand.measurement.knowledge.health import Health
from deskhand.measurement.knowledge.past import Past
from deskhand.measurement.knowledge.staleness import corrections, stale
from deskhand.measurement.knowledge.usage import usage
from deskhand.planning.stating import said, stated
from deskhand.ports.likeness import Likeness
from deskhand.understanding.redact import for_others

MOST = 10_000  # messages that are compared with each other, the newest


def knowledge_health(
    past: Past,
    articles: Sequence[Article],
    *,
    standings: Iterable[tuple[str, str, Standing]],
    examples: Iterable[Example],
    published: Likeness,
    private: Likeness,
    nameless: Sequence[str],
    stale_days: int,
    gap_messages: int,
    now: datetime,
) -> Health:
    """`published` compares what articles say and may keep it, `private` words of people and keeps nothing. `standings`
    are those of the messages since `compared_since(past)`; `nameless` are words of the company's own name."""
    ended = list(past.ended.values())
    compared = ended[-MOST:]
    questions = asked(standings, nameless)
    statements = [statement for article in articles for statement in stated(article, nameless)]
    found = contradictions(statements, articles, published.pairs)
    edits = [(one, said(one.suggested, nameless), said(one.instead, nameless)) for one in examples]
    corrected = corrections(edits, statements, past, private.pairs)
    tickets = {one.source for one in articles if one.precedent}
    return Health(
        at=now,
        since=min((one.at for one in ended), default=None),
        messages=len(ended),
        articles=len(articles),
        statements=len(statements),
        left_out=len(ended) - len(compared),
        gaps=gaps(compared, questions, private.groups, least=gap_messages, shown=for_others),
        stale=stale(articles, found, corrected, past, days=stale_days, now=now),
        contradictions=tuple(one for one in found if not {one.one.source, one.other.source} & tickets),
        usage=usage(ended, articles),
        changes=changes(compared, questions, private.groups, articles, for_others),
    )


def compared_since(past: Past) -> datetime | None:
    """From when on words are needed; None when nothing has ended."""
    return min((one.at for one in list(past.ended.values())[-MOST:]), default=None)


def asked(
    standings: Iterable[tuple[str, str, Standing]], nameless: Sequence[str]
) -> Mapping[tuple[str, str], tuple[Question, ...]]:
    """What each message asks, by ticket and message: what no procedure covers, or else everything; never small talk."""
    names = re.compile(rf"\b(?:{'|'.join(map(re.escape, nameless))})\b", re.IGNORECASE)
    found = {}
    for ticket, message, standing in standings:
        wanted = [one for one in standing.requests if one.kind is not Kind.SMALL_TALK]
        unwritten = [one for one in wanted if one.procedure is None]
        found[ticket, message] = tuple(_question(one, names) for one in unwritten or wanted)
    return found


def _question(request: Request, names: re.Pattern[str]) -> Question:
    """Compared in English where somebody put it so, and without the company's name, which makes all questions alike."""
    said = request.english or request.quote
    return Question(request.quote, " ".join(names.sub(" ", said).split()) or said)

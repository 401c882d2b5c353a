"""No reply says what has no source: neither figure, date, place, deed, promise nor statement.

Numbers, ids, places, deeds and promises are matched in every language of `tongues/`; a reply in another one is stopped.
Whole sentences are compared with the sources only where both are English (`support.py`): words of two languages do not
overlap, so in another language what code can tell is what is listed in `claim.py`, and nothing else.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from deskhand.domain.action import Proposal, is_private
from deskhand.domain.article import Hit
from deskhand.domain.finding import Finding
from deskhand.domain.resolution import Resolution
from deskhand.planning.claims import FACT, Claim, Of, claims, statements
from deskhand.planning.deeds import names_no_deed
from deskhand.planning.known import Known
from deskhand.planning.light import NEGATIONS
from deskhand.planning.meaning import Similarity, meant
from deskhand.planning.reading import plain, unknown_language
from deskhand.planning.source import SENTENCE, source
from deskhand.planning.spelled import spelled
from deskhand.planning.stems import tokens
from deskhand.planning.support import unsupported
from deskhand.ports.tone import Hear

SO = 0.5  # how much like what tells of an earned deed a sentence must be that tells of it in words of its own
SURE = 0.65  # how much like a source a promise must be that it does not make in these words
# Filled from a receipt after the deed, and therefore true; or the customer's own word, masked.
PLACE = re.compile(r"\{\{[^{}]*\}\}|\[(?:email|phone|ip|name) \d{1,4}\]")


@dataclass(frozen=True)
class Sources:
    """What a reply may rest on. `texts`: the company's own words. `published`: articles and what else others may have
    written in; a link in there counts only when it leads to one of the `hosts`. `deeds`: participles that the plan's
    allowed actions earn; `pending`: those of actions that the customer has yet to confirm, which may be announced;
    `denied`: those of actions that policy refused. The customer's own words are no source."""

    findings: tuple[Finding, ...]
    texts: tuple[str, ...]
    deeds: frozenset[str]
    pending: frozenset[str] = frozenset()
    denied: frozenset[str] = frozenset()
    published: tuple[str, ...] = ()
    hosts: frozenset[str] = frozenset()


def ungrounded(
    resolution: Resolution, sources: Sources, similarity: Similarity | None = None, hear: Hear | None = None
) -> tuple[str, ...]:
    """What the reply says without a source, as short sentences; empty when all is well. `similarity` of two sentences,
    up to 1, is asked where a sentence uses other words than the sources; without it, such a sentence is stopped.
    `hear` tells small talk from what binds the company; without it, talk in new words is stopped."""
    known = Known(
        sources.findings,
        sources.texts,
        sources.deeds,
        sources.pending,
        sources.denied,
        sources.published,
        sources.hosts,
    )
    text = PLACE.sub(FACT, resolution.reply)
    if strange := unknown_language(text, known.words):
        return (f'not in a language that can be checked: "{strange}"',)
    told = claims(text)
    strange_claims = [
        c
        for c in told
        if not known.holds(c, told)
        and not _paraphrased(c, text, known, similarity)
        and not _earned_so(c, text, known, similarity)
    ]
    faults = [f'{c.of} without a source: "{c.text.strip()}"{known.doubt(c)}' for c in strange_claims]
    faults += spelled(text, known.has)
    faults += unsupported(text, known, similarity, hear)
    return tuple(dict.fromkeys(faults))


def _paraphrased(claim: Claim, text: str, known: Known, similarity: Similarity | None) -> bool:
    """Whether it is promised in other words what a source says that we do."""
    if similarity is None or claim.of is not Of.PROMISE or known.forbids(claim.value[0]):
        return False
    sentences = [one for one in SENTENCE.split(plain(text)) if claim.text in one]
    sources = [one for told in known.texts for one in source(told).sentences if not NEGATIONS & set(tokens(one))]
    return bool(sentences) and all(meant(one, one, sources, similarity, SURE, SURE) for one in sentences)


def _earned_so(claim: Claim, text: str, known: Known, similarity: Similarity | None) -> bool:
    """Whether a deed that was earned is told with a value of it, and with a verb that names no other."""
    if similarity is None or claim.of is not Of.DEED or not names_no_deed(str(claim.value[0])):
        return False
    said = [one for one in SENTENCE.split(plain(text)) if claim.text in one]
    told = [one for text in known.texts for one in source(text).sentences if known.deeds & set(tokens(one))]
    return bool(said) and all(
        FACT.strip() in statements(one)[1] and any(similarity(one, other) >= SO for other in told) for one in said
    )


def sources_of(
    findings: Iterable[Finding],
    hits: Iterable[Hit],
    written: Iterable[str],
    resolution: Resolution,
    deeds: Mapping[str, tuple[str, ...]],
    *,
    name: str = "",
    hosts: frozenset[str] = frozenset(),
) -> Sources:
    """`written`: procedures' own texts and policy's `says`; `name`: the customer's. A hit counts only when the
    resolution cites it, and an action tells what it is about only when that is the customer's own."""
    cited = {citation.source for citation in resolution.citations}
    texts = [
        f"{hit.passage.title}\n{hit.passage.heading}\n{hit.passage.text}" for hit in hits if hit.passage.source in cited
    ]
    shown = [p.preview.partition("\n")[0] for p in resolution.proposals]  # what follows are the proposal's own words
    told = [f"{_arguments(p) if p.preview else ''} {p.verdict.says}" for p in resolution.proposals]
    earned, pending = _earned(resolution, deeds, "allow", "approve"), _earned(resolution, deeds, "confirm")
    denied = _earned(resolution, deeds, "deny", "escalate") - earned - pending
    return Sources(
        tuple(findings), (*written, *told), earned, pending, denied, (*texts, *shown, name), frozenset(hosts)
    )


def _arguments(proposal: Proposal) -> str:
    """Not the text of a letter, say: whoever wrote the reply wrote that, too."""
    return " ".join(value for name, value in proposal.action.args.items() if not is_private(name))


def _earned(resolution: Resolution, deeds: Mapping[str, tuple[str, ...]], *effects: str) -> frozenset[str]:
    names = [p.action.name for p in resolution.proposals if p.verdict.effect in effects]
    return frozenset(word for name in names for word in deeds.get(name, ()))

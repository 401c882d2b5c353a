"""Rules that look at what is said and what was done: sources, deeds, promises, and people who were asked for."""

import re
from collections.abc import Iterable, Sequence

from deskhand.measurement.quality.check import Check, Remark, of_assistant, remark
from deskhand.measurement.quality.talk import ASSISTANT, PEOPLE, Reply, Talk, Turn

SAYS = frozenset({"resolved", "answered"})
POLICY = re.compile(
    r"\bour (?:policy|policies|terms|rules)\b|\bper policy\b"
    r"|\b(?:is|are) (?:not |only )?(?:refundable|eligible|entitled)\b"
    r"|\b(?:refunds?|credits?|cancellations?|returns?) (?:is|are) (?:only |not )?"
    r"(?:possible|given|granted|made|accepted|allowed)\b"
    r"|\bunsere (?:richtlinien?|bedingungen|regeln)\b|\b(?:nicht|nur) erstattungsfähig\b",
    re.IGNORECASE,
)
LETTERS = 4  # of a word that can tell what is spoken of
SAME = 5  # first letters by which two forms of a word are one


def unsourced(talk: Talk) -> Iterable[Remark]:
    for turn, one in of_assistant(talk):
        rests = turn.citations or turn.procedures or turn.done or turn.denied
        if turn.outcome in SAYS and not rests:
            yield remark(one, one.text[:80])


def unanswered(talk: Talk) -> Iterable[Remark]:
    """Of several requests, one of which no word stands in the answer. What went to people is theirs."""
    for turn in talk.turns:
        ours = [one for one in turn.replies if one.by == ASSISTANT]
        if len(turn.asked) < 2 or turn.outcome not in SAYS or turn.people or not ours:
            continue
        said = {_stem(word) for one in ours for word in one.words}
        for asked in turn.asked:
            about = {_stem(word) for word in asked.about if len(word) >= LETTERS}
            if about and not about & said:
                yield remark(ours[-1], asked.quote)


def undone_deed(talk: Talk) -> Iterable[Remark]:
    for turn, one in of_assistant(talk):
        for claim in one.claims:
            if claim.of == "deed" and claim.ours and claim.deed not in turn.done:
                yield remark(one, claim.text)
                break


def broken_promise(talk: Talk) -> Iterable[Remark]:
    """Of whoever promised: nothing was done, and nobody wrote, after it. What the assistant quotes from an article is
    what the company does, and no promise to this customer."""
    for place, turn in enumerate(talk.turns):
        for at, one in enumerate(turn.replies):
            if one.by == ASSISTANT and turn.citations:
                continue
            vows = [claim for claim in one.claims if claim.of == "promise" and claim.ours]
            if vows and not _kept(turn, turn.replies[at + 1 :], talk.turns[place + 1 :]):
                yield remark(one, vows[0].text)


def late_handoff(talk: Talk) -> Iterable[Remark]:
    for turn in talk.turns:
        wrote = any(one.by == PEOPLE for one in turn.replies)
        if turn.wants_person and not turn.people and not wrote:
            answer = next((one for one in turn.replies if one.by == ASSISTANT), None)
            yield Remark(turn.message, ASSISTANT, answer.text[:80] if answer else turn.text[:80])


def bare_policy(talk: Talk) -> Iterable[Remark]:
    for turn, one in of_assistant(talk):
        if turn.citations or turn.denied:
            continue
        said = [sentence for sentence in one.sentences if POLICY.search(sentence)]
        said += [claim.text for claim in one.claims if claim.of == "entitlement"]
        if said:
            yield remark(one, said[0])


def unreplied(talk: Talk) -> Iterable[Remark]:
    """Only where the whole conversation could be read: otherwise nobody can tell."""
    last = talk.turns[-1] if talk.turns else None
    if last and talk.complete and not last.replies and last.outcome not in ("", "thanks"):
        yield Remark(last.message, PEOPLE if last.people else ASSISTANT, last.text[:80])


def _kept(turn: Turn, then: Sequence[Reply], later: Sequence[Turn]) -> bool:
    """To hand over is to keep a promise that people will look; their own answer is another rule's."""
    return bool(turn.done or turn.people or then or any(one.replies or one.people or one.done for one in later))


def _stem(word: str) -> str:
    return word.lower()[:SAME]


SUBSTANCE = (
    Check("source", 1, "An answer of the assistant names a source or a receipt, or follows a procedure.", unsourced),
    Check("unanswered", 1, "Of several requests in a message, each is spoken of in the answer.", unanswered),
    Check("deed", 1, "No reply of the assistant claims a deed for which there is no receipt.", undone_deed),
    Check(
        "promise", 1, "After a promise something is done, or somebody writes, before the ticket closes.", broken_promise
    ),
    Check("late-handoff", 1, "Whoever asks for a person gets one before their next message.", late_handoff),
    Check(
        "policy", 1, "A sentence that states a rule comes with a citation, or with the rule that refused.", bare_policy
    ),
    Check("no-reply", 1, "The last message before closing has a reply, unless it was thanks.", unreplied),
)

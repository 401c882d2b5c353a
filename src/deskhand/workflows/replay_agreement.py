"""Whether our reply to a past ticket says and does what the agents said and did, as far as their words tell."""

from collections.abc import Mapping, Sequence

from deskhand.domain.replayed import Agreement, WouldDo
from deskhand.execution.kind import ActionKind
from deskhand.planning.claims import Claim, Of, claims
from deskhand.understanding.courtesies import says_something
from deskhand.workflows.desk import Desk

FACTS = frozenset({Of.AMOUNT, Of.DATE, Of.ID})
DONE = frozenset({"allow", "approve", "confirm"})  # what would be done, at once or after a yes
ALIKE = 0.5  # cosine from which two replies are called alike: answers to the same question, in other words
LONGEST = 4_000  # characters of a text that are read for deeds and facts
GIST = 600  # and for its likeness: an embedding costs by the word, and says no more of a whole page


def agreement(desk: Desk, reply: str, actions: Sequence[WouldDo], agents: Sequence[str]) -> Agreement:
    """`actions` are ours, `agents` their public messages in order. Empty where none of these says anything."""
    worth = [one[:LONGEST] for one in agents if says_something(one)]
    if not worth:
        return Agreement()
    theirs, ours = claims("\n\n".join(worth)), claims(reply[:LONGEST])
    alike = round(desk.similarity(reply[:GIST], worth[0][:GIST]), 4)
    same = _same_actions(desk, actions, theirs)
    named = {one.value for one in theirs if one.of in FACTS}
    shared = named & {one.value for one in ours if one.of in FACTS}
    facts = shared == named if named else None
    return Agreement(
        actions=same,
        facts=facts,
        named=len(named),
        shared=len(shared),
        similarity=alike,
        same=same and facts is not False and alike >= ALIKE,
    )


def _same_actions(desk: Desk, actions: Sequence[WouldDo], theirs: Sequence[Claim]) -> bool:
    """Each of ours is among the deeds that they tell of; and each deed of theirs that a procedure could have proposed
    is among ours. One participle may stand for several actions: then any of them will do."""
    told = {str(one.value[0]) for one in theirs if one.of is Of.DEED}
    ours = [_deeds(desk.actions, one.name) for one in actions if one.effect in DONE]
    known = {name for one in desk.procedures.values() for name in one.may_propose}
    possible = frozenset[str]().union(*(_deeds(desk.actions, name) for name in known))
    covered = frozenset[str]().union(*ours)
    return all(one & told for one in ours) and told & possible <= covered


def _deeds(actions: Mapping[str, ActionKind], name: str) -> frozenset[str]:
    return frozenset(actions[name].deeds) if name in actions else frozenset()

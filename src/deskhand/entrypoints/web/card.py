"""The suggestion card: what an agent has to see before they decide."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from deskhand.domain.action import Proposal
from deskhand.domain.article import Citation
from deskhand.domain.finding import Fact
from deskhand.domain.stage import Stage
from deskhand.domain.suggestion import Suggestion
from deskhand.domain.verdict import Approve, Deny, Escalate


@dataclass(frozen=True)
class Planned:
    """An action in plain words: its first line is ours, the others may quote. `stopped`: policy does not let it pass,
    whoever approves; `by`: roles that policy wants, where it does not say so itself."""

    title: str
    words: tuple[str, ...]
    effect: str
    rule: str
    says: str
    by: tuple[str, ...]
    stopped: bool

    @property
    def done_at_once(self) -> bool:
        """A click is enough for it, where everybody has approved who must: the customer is not asked first."""
        return not self.stopped and self.effect != "confirm"

    @property
    def waits(self) -> bool:
        """It is not done by a click: the customer, or a role that must approve, is asked first."""
        return self.effect in ("confirm", "approve")


@dataclass(frozen=True)
class Card:
    """`seen` is the digest that a decision must carry. `needs` are roles that must still approve, each with
    how many people; `arm` is
    asked before a key does it, "" where nothing is moved. `confidence` is of the request least sure, None when
    nothing was asked for; `elsewhere`: where this matter is seen to already; `attached` names files of the message;
    `teaches`: agents may say what it was about instead.
    """

    id: str
    ticket: str
    seen: str
    reply: str
    stage: Stage
    needs: tuple[tuple[str, int], ...]
    planned: tuple[Planned, ...]
    citations: tuple[Citation, ...]
    checks: tuple[str, ...]
    trace: tuple[str, ...]
    facts: tuple[Fact, ...]
    confidence: float | None
    elsewhere: str
    attached: tuple[str, ...]
    expires_at: datetime
    read_only: bool
    arm: str
    teaches: bool


def card(suggestion: Suggestion, titles: dict[str, str], *, teaches: bool) -> Card:
    """`titles` of actions by name."""
    plan = suggestion.resolution
    planned = tuple(_planned(one, titles) for one in plan.proposals)
    sure = [one.confidence for one in suggestion.heard.understanding.requests]
    read_only = suggestion.stage is Stage.READ_ONLY
    return Card(
        id=suggestion.id,
        ticket=suggestion.ticket,
        seen=suggestion.digest,
        reply=plan.reply,
        stage=suggestion.stage,
        needs=tuple(Counter(suggestion.roles).items()),
        planned=planned,
        citations=plan.citations,
        checks=plan.policy,
        trace=plan.trace,
        facts=plan.facts,
        confidence=min(sure) if sure else None,
        elsewhere=plan.elsewhere,
        attached=tuple(map(str, suggestion.heard.attachments)),
        expires_at=suggestion.expires_at,
        read_only=read_only,
        arm=""
        if read_only
        else "; ".join(one.words[0] for one in planned if not one.stopped and one.effect != "confirm"),
        teaches=teaches,
    )


def _planned(proposal: Proposal, titles: dict[str, str]) -> Planned:
    verdict = proposal.verdict
    title = titles.get(proposal.action.name, proposal.action.name)
    return Planned(
        title=title,
        words=tuple((proposal.preview or title).splitlines()) or (title,),
        effect=verdict.effect,
        rule=verdict.rule,
        says=verdict.says,
        by=verdict.by if isinstance(verdict, Approve) and not verdict.says else (),
        stopped=isinstance(verdict, Deny | Escalate),
    )

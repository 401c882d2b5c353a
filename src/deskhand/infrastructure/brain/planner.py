"""The built-in planner: procedures are walked, questions answered in the articles' own words, the rest handed over."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from deskhand.domain.action import Proposal
from deskhand.domain.article import Citation, Hit
from deskhand.domain.example import Example, Judged, heeded, traced
from deskhand.domain.finding import Value
from deskhand.domain.phrases import ENGLISH, PHRASES, Phrases, phrases_in
from deskhand.domain.resolution import End, GiveUp, Plan, Resolution
from deskhand.domain.standing import WHICH_ONE
from deskhand.domain.thread import Former
from deskhand.domain.understanding import Kind, Request, Understanding
from deskhand.infrastructure.brain.extract import FLOOR, gather, look
from deskhand.infrastructure.brain.language import UNKNOWN as UNTOLD
from deskhand.infrastructure.brain.lessons import rejected_for, rejected_words, reworded, why_not_again
from deskhand.ports.reasoning import Brief, CallLog, Tools
from deskhand.procedures.interpret import shifted, walk
from deskhand.procedures.names import names_of
from deskhand.procedures.procedure import Procedure

WORD = re.compile(r"[^\W\d_]{2,}")
SHORTEST = 20  # letters of a sentence worth quoting


class BuiltInPlanner:
    """Solves every request of a message, or hands the whole message over: half an answer would need a second one."""

    def __init__(self, clock: Callable[[], datetime]):
        self._clock = clock

    def plan(self, brief: Brief, tools: Tools, calls: CallLog | None = None) -> Plan:
        """See `ports.reasoning.Planner`. No model is called. All it can revise is to leave an agent's wording out."""
        if brief.faults:
            if brief.draft is None or not heeded(brief.draft.trace):
                return GiveUp("ungrounded", "; ".join(brief.faults))
            careful = tuple(one for one in brief.examples if one.judged is Judged.REJECTED)
            brief = replace(brief, faults=(), draft=None, examples=careful)
        if stop := _foreign(brief.understanding):
            return stop
        before = [f"before this ticket, {_told(one)}" for one in brief.thread.former]
        requests = brief.understanding.requests
        draft = _Draft(brief, tools, names_of(brief.dossier, self._clock(), requests), trace=before)
        for request in requests:
            if stop := draft.solve(request):
                return stop
        return draft.resolution()


@dataclass
class _Draft:
    brief: Brief
    tools: Tools
    names: Mapping[str, Value]
    said: list[str] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    procedures: list[str] = field(default_factory=list)
    ends: list[End] = field(default_factory=list)
    asks: list[str] = field(default_factory=list)
    trace: list[str] = field(default_factory=list)

    @property
    def phrases(self) -> Phrases:
        return phrases_in(self.brief.understanding.language)

    def solve(self, request: Request) -> GiveUp | None:
        """None when the request is solved on paper."""
        match request.kind:
            case Kind.PROCEDURE if self.brief.understanding.corrects:
                return self._ask_again(request)
            case Kind.PROCEDURE:
                known = {procedure.id: procedure for procedure in self.brief.procedures}
                return self._follow(known[request.procedure or ""], request)
            case Kind.QUESTION:
                return self._answer(request)
            case Kind.UNSURE:
                return self._ask_which(request)
            case Kind.SMALL_TALK if self.brief.understanding.says_no:
                self._say(self.phrases.nothing_changed, End.ASKED, "what it is about")
                return None
            case Kind.SMALL_TALK:
                self._say(self.phrases.how_can_i_help, End.ASKED, "what it is about")
                return None
            case Kind.UNFORESEEN if len(WORD.findall(request.quote)) < 3:
                self._say(self.phrases.how_can_i_help, End.ASKED, "what it is about")
                return None
            case Kind.UNFORESEEN:
                self.trace.append("no procedure and no article is near this")
                return self._give_up("unforeseen", f"nothing on this desk fits: {request.quote[:200]!r}")

    def resolution(self) -> Resolution:
        asked = End.ASKED in self.ends
        end = End.ASKED if asked else End.RESOLVED if End.RESOLVED in self.ends else End.ANSWERED
        return Resolution(
            reply="\n\n".join(dict.fromkeys(self.said)),
            end=end,
            proposals=tuple(self.proposals),
            citations=tuple(dict.fromkeys(self.citations)),
            facts=(),
            procedures=tuple(dict.fromkeys(self.procedures)),
            asks="; ".join(self.asks),
            trace=tuple(self.trace),
        )

    def _follow(self, procedure: Procedure, request: Request) -> GiveUp | None:
        if procedure.id in self.procedures:
            return None
        self.procedures.append(procedure.id)
        walked = walk(procedure, request, self.names, self.tools, self.brief.failures)
        self.trace += walked.trace
        before = len(self.proposals)
        self.proposals += walked.proposals
        if walked.stop:
            stop = walked.stop
            if stop.reason == "identity" and self._answer(request) is None:
                return None  # for whom we do not know, what anybody may read is still an answer
            return self._give_up(stop.reason, stop.because, queue=stop.queue, says=stop.says)
        if example := rejected_for(procedure.id, self.brief.examples):
            return self._not_again(example)
        assert walked.end is not None
        self.citations += self._quoted(walked.cited, request)
        self._say("\n\n".join(shifted(text, before) for text in walked.said), walked.end, walked.asks)
        return None

    def _quoted(self, sources: tuple[str, ...], request: Request) -> list[Citation]:
        """The passage of each cited article that is nearest to the request."""
        found = []
        for source in sources:
            hits = self.tools.passages(source, request.quote)
            found += [Citation(source, _first_sentence(hit), hit.passage.digest) for hit in hits[:1]]
        return found

    def _answer(self, request: Request) -> GiveUp | None:
        hits = gather(request.quote, self.tools.search)
        found = look(request.quote, hits)
        if found.between:
            one, other = found.near
            self.trace.append(f"two articles are equally near: {one!r} and {other!r}")
            self._say(self.phrases.which_of_two.format(one=one, other=other), End.ASKED, "which of two is meant")
            return None
        text, citations = found.text, found.citations
        if not text or self._strays(request, citations[0].source):
            near = f"; nearest are {' and '.join(map(repr, found.near))}" if found.near else ""
            self.trace.append(f"no article answers this{near}")
            return self._give_up("no_source", f"no article answers: {request.quote[:200]!r}{near}")
        self.trace.append(f"answered from {', '.join(citation.source for citation in citations)}")
        cited = [hit.passage for hit in hits if hit.passage.source in {one.source for one in citations}]
        article = "\n".join(f"{one.title}\n{one.heading}\n{one.text}" for one in cited)
        wording = reworded(text, article, self.brief.examples)
        for said in (text, wording.instead if wording else ""):
            if example := rejected_words(said, self.brief.examples):
                return self._not_again(example)
        self.citations += citations
        if wording:
            self.trace.append(traced(wording, "said in the words of an agent"))
        self._say(wording.instead if wording else text, End.ANSWERED)
        return None

    def _strays(self, request: Request, source: str) -> bool:
        """Whether a message that asks just this is nearer to another article as a whole: "My phone is gone. How long
        does your check take?" is not about every check. What is near to no article, as a moan, tells nothing."""
        message, search = self.brief.message.strip(), self.tools.search
        rest = message.replace(request.quote.strip(), "").strip()
        if len(self.brief.understanding.requests) > 1 or not rest:
            return False
        beside, nearest = gather(rest, search), gather(message, search)
        told = bool(beside) and beside[0].cosine >= FLOOR
        return told and bool(nearest) and nearest[0].passage.source != source

    def _not_again(self, example: Example) -> GiveUp:
        """One agent's word is enough to leave the next message like it to people."""
        self.trace.append(traced(example, "rejected, so it is not suggested again"))
        return self._give_up("rejected", why_not_again(example, self.brief.dossier))

    def _ask_which(self, request: Request) -> GiveUp | None:
        known = {procedure.id: procedure for procedure in self.brief.procedures}
        titles = [known[name].title for name, _ in request.candidates[:2] if name in known]
        if len(titles) < 2:
            return self._give_up("unforeseen", f"it is not clear what is meant: {request.quote[:200]!r}")
        question = self.phrases.which_of_two.format(one=titles[0], other=titles[1])
        self._say(question, End.ASKED, "which of two is meant")
        return None

    def _ask_again(self, request: Request) -> GiveUp | None:
        """After a correction that the procedure cannot follow: to walk it would give the same answer once more."""
        named = {name: value for name, value in request.slots.items() if value in self.brief.message}
        self.trace.append(f"the customer means another one than {request.procedure} would take")
        if named:
            what = ", ".join(f"{name} {value}" for name, value in named.items())
            return self._give_up("unforeseen", f"the customer corrects what was understood and means {what}")
        self._say(self.phrases.which_one, End.ASKED, WHICH_ONE)
        return None

    def _say(self, text: str, end: End, asks: str = "") -> None:
        self.said.append(text)
        self.ends.append(end)
        if asks:
            self.asks.append(asks)

    def _give_up(self, reason: str, because: str, *, queue: str = "", says: str = "") -> GiveUp:
        return GiveUp(
            reason,
            because,
            queue,
            says,
            proposals=tuple(self.proposals),
            procedures=tuple(dict.fromkeys(self.procedures)),
            trace=tuple(self.trace),
        )


def _foreign(understanding: Understanding) -> GiveUp | None:
    """A message that this brain cannot read goes to people; small talk is answered in any language with phrases."""
    language = understanding.language
    small = all(one.kind is Kind.SMALL_TALK for one in understanding.requests)
    if language in (ENGLISH, UNTOLD) or (small and language in PHRASES):
        return None
    because = f"the message is in {language}, which the built-in brain does not read"
    return GiveUp("language", because, says=phrases_in(language).needs_a_person, trace=(because,))


def _told(one: Former) -> str:
    asked = "; ".join(f'"{quote}"' for quote in one.asked)
    done = f"; {', '.join(one.done)}" if one.done else ""
    return f"{one.at:%Y-%m-%d} on {one.ticket}: {asked}, {one.outcome.replace('_', ' ')}{done}"


def _first_sentence(hit: Hit) -> str:
    """Up to its end, letter for letter; the number of a step is no sentence."""
    text = hit.passage.text.strip()
    ends = [place for mark in (". ", ".\n", "\n") if (place := text.find(mark, SHORTEST)) > 0]
    return text[: min(ends) + 1].strip() if ends else text[:200]

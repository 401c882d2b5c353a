"""What each clause of a message asks for: a procedure, an article, a question back, or none of these."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from deskhand.domain.article import Asker
from deskhand.domain.understanding import Kind, Request
from deskhand.infrastructure.brain.clauses import Clause, joined
from deskhand.infrastructure.brain.extract import gather, look
from deskhand.infrastructure.brain.router import Band, Route
from deskhand.infrastructure.brain.slots import slots
from deskhand.ports.search import Knowledge

ASKS = re.compile(
    r"\?|^\W*(?:how|what|where|when|why|who|which|can|could|would|will|do|does|did|is|are|has|have|should|may)\b"
    r"|\b(?:please|(?:can|could|would|will) you|(?:i|we)(?: would|'d)? (?:want|like|need)|help|tell me|let me know)\b"
    r"|\b(?:explain|show me|give me|send me|how (?:do|can|to)|want to|need to)\b"
    r"|^\W*(?:cancel|refund|send|resend|reset|stop|change|delete|add|remove|update|fix|check|unlock|upgrade)\b"
    r"|^\W*(?:downgrade|move|switch|export|close|return|turn|make|set|put|get|end)\b",
    re.IGNORECASE,
)
REMEDY = re.compile(
    r"\b(?:refund(?:ed)?|money back|give|return(?:ed)?|reversed?|fix|sort|resolve|solve|help|look into|explain|check"
    r"|why|what (?:is|happened|went)|correct (?:it|this|that|the)|undo|take care|do something)\b",
    re.IGNORECASE,
)
FIRST = r"^\W*(?:(?:so|and|also|but|just) )*"
GENERAL = re.compile(
    FIRST + r"(?:how (?:do|can|to|does|long|much|many|often)|what (?:is|are|does|do|kind|happens)|is (?:there|it)"
    r"|(?:can|could|may) (?:i|we|you|my)|are there|do (?:you|i|we)|does|which|where (?:do|can)|who can)\b",
    re.IGNORECASE,
)
# Asks how things are for everybody, which an article tells; a procedure looks at this customer.
IMPERSONAL = re.compile(
    FIRST + r"(?:how (?:long|much|many|often|does|do)|what (?:is|are|does|happens)|do you|does)\b", re.IGNORECASE
)
# Asks what would be, not for its being done: "when I cancel, can I still ...", "how many days after paying can I".
HYPOTHETICAL = re.compile(
    FIRST + r"(?:if|when i|when we|what (?:if|would|breaks|happens|becomes)|how many|how long|do i (?:have|need) to"
    r"|will you|is it (?:normal|possible|true)|are you going to|who)\b",
    re.IGNORECASE,
)
# Asks what may be the case, and tells of none.
SUPPOSED = re.compile(
    FIRST + r"(?:(?:what|why|who) (?:would|could|might)|(?:within|for|after|up to) how (?:many|long)|how far)\b",
    re.IGNORECASE,
)
# Asks how, where, why, whether or by whom something is done, which is not yet the wish that it be done; "where is my
# order" is one.
INFORMATION = re.compile(
    r"(?:^\W*|,\s*)(?:(?:so|and|also|but|just|then|ok|hi|hello|hey) )*"
    r"(?:how(?! (?:about|come))|where(?!(?: is| are|'s) (?:my|our)\b)|why|who"
    r"|(?:can|could|may|should) (?:i|we|one|my|our)|(?:is|are) there|do you|does)\b",
    re.IGNORECASE,
)
PERSONAL = re.compile(r"\b(?:i|i'm|i've|me|my|mine|we|us|our|ours)\b", re.IGNORECASE)
POINTING = re.compile(
    r"\b(?:it|its|it's|that|this|these|those|them|they|one|another|else|so|then|there|same|both|over|again)\b",
    re.IGNORECASE,
)
INQUIRY = re.compile(r"\?|^\W*(?:how|what|where|when|why|who|which|does|do|is|are|if)\b", re.IGNORECASE)
# What has happened to somebody, or has not yet.
HAPPENED = re.compile(
    r"\b(?:yesterday|today|tonight|this (?:morning|afternoon|week)|last (?:night|week|month)|ago|since|yet)\b",
    re.IGNORECASE,
)
ABOUT_BEFORE = re.compile(r"\b(?:do (?:it|that|this|so)|that way|would that|is that|can it|them|they)\b", re.IGNORECASE)
FEW = 4  # words that ask for nothing of their own
FAINT = 0.6
LIKELY = 0.7  # confidence at which something told, and not asked, must not be passed over
FOLLOWED = 0.7  # strength from which a procedure is followed even when asked how things are for everybody
SOMEBODY = Asker(verified=True)  # a message is about what it is about, whoever wrote it; what they may read comes later
NEARER = 0.02  # by so much a procedure that is asked about must be stronger than the nearest article is near
CLEARLY = 0.08  # above the floor: an article that near is meant, even beside a doubtful procedure


@dataclass(frozen=True)
class Heard:
    """A clause, its plain spelling, and the route of that. `part`: the message says more."""

    clause: Clause
    plain: str
    route: Route
    part: bool = False

    @property
    def name(self) -> str:
        return self.route.ranked[0][0] if self.route.ranked else ""

    def acts(self) -> bool:
        """Never on a word alone: "payment" may be about anything that has to do with one."""
        return self.route.band is Band.ACT and len(self.plain.split()) > 1 and not SUPPOSED.search(self.plain)

    def asks(self) -> bool:
        """Whether it wants something, by its form."""
        return bool(ASKS.search(self.plain))

    def points(self) -> bool:
        """Whether it is about something that was said before it."""
        return self.part and bool(ABOUT_BEFORE.search(self.plain))

    def leans(self) -> bool:
        """Whether it says little without the clause before it: "can you send it over", "how long?"."""
        return len(self.plain.split()) <= FEW or bool(POINTING.search(self.plain))


@dataclass(frozen=True)
class Sorter:
    """`floor` gives the cosine at which an article may be an answer."""

    knowledge: Knowledge
    floor: Callable[[], float]

    def requests(self, message: str, heard: tuple[Heard, ...], whole: Heard | None) -> tuple[Request, ...]:
        """`whole` is all of the message, when it has several clauses."""
        heard = tuple(replace(one, part=whole is not None) for one in heard)
        if whole and whole.acts() and all(whole.route.strength > one.route.strength for one in heard):
            return (self._request(whole, slots(message)),)
        heard = _without_remedies(heard, whole)
        wishes = _merged(message, _without_circumstances(heard))
        kept = _doubted(_to_answer([(one, self._request(one, slots(one.clause.text))) for one in wishes]), whole)
        kept += tuple(_asked_about(one) for one in heard if _told(one, kept))
        if whole and whole.route.band is not Band.LEAVE and _open(kept, whole):
            together = self._request(whole, slots(message))
            if together.kind is Kind.PROCEDURE or kept[0].kind is Kind.UNFORESEEN:
                return (together,)
        if whole and not any(one.kind in (Kind.PROCEDURE, Kind.QUESTION) for one in kept):
            together = self._request(whole, slots(message))
            if together.kind is Kind.QUESTION:
                return (together,)
        return kept if len(kept) > 1 else (replace(kept[0], slots={**slots(message), **kept[0].slots}),)

    def _request(self, heard: Heard, named: Mapping[str, str]) -> Request:
        quote, route = heard.clause.text, heard.route
        impersonal = bool(IMPERSONAL.search(heard.plain)) and not PERSONAL.search(heard.plain)
        general = impersonal or bool(HYPOTHETICAL.search(heard.plain))
        if heard.acts() and not general and route.strength >= FOLLOWED:
            return self._follow(heard, named)
        hits, floor = gather(quote, lambda words: self.knowledge.search(words, asker=SOMEBODY)), self.floor()
        cosine = max((hit.cosine for hit in hits), default=0.0)
        question = Request(quote, Kind.QUESTION, None, min(cosine, 1.0), route.ranked, named)
        inquires = general or bool(INQUIRY.search(heard.plain)) or (heard.asks() and not heard.acts())
        theirs = heard.acts() and bool(PERSONAL.search(heard.plain)) and bool(HAPPENED.search(heard.plain))
        inquires = inquires and not theirs  # no article tells what became of it
        whole_question = (inquires or not heard.acts()) and not heard.points() and len(heard.plain.split()) > 1
        if whole_question and look(quote, hits).text:
            return question
        asked = general or bool(INFORMATION.search(heard.plain))
        least = max(cosine + NEARER, floor if general else 0.0, FOLLOWED if impersonal else 0.0)
        if heard.acts() and (not asked or least < route.strength):
            return self._follow(heard, named)
        doubtful = route.band is not Band.LEAVE and not GENERAL.search(heard.plain)
        if cosine >= floor + CLEARLY * doubtful and not heard.points():
            return question
        kind = Kind.UNFORESEEN if route.band is Band.LEAVE else Kind.UNSURE
        return Request(quote, kind, None, route.confidence, route.ranked[:2], named)

    def _follow(self, heard: Heard, named: Mapping[str, str]) -> Request:
        quote, route = heard.clause.text, heard.route
        return Request(quote, Kind.PROCEDURE, heard.name, route.confidence, route.ranked, named)


def _without_remedies(heard: tuple[Heard, ...], whole: Heard | None) -> tuple[Heard, ...]:
    """Leaves out clauses that only say what to do about another one: "I was charged twice. Please refund one"."""
    if whole is None or whole.name not in {one.name for one in heard if one.acts()}:
        return heard
    share = dict(whole.route.ranked)

    def remedies(one: Heard) -> bool:
        shadowed = share.get(one.name, 0.0) * 2 <= share[whole.name]
        return one.name != whole.name and shadowed and bool(REMEDY.search(one.plain))

    return tuple(one for one in heard if not remedies(one))


def _without_circumstances(heard: tuple[Heard, ...]) -> tuple[Heard, ...]:
    """Leaves out what is told on the way and only faintly resembles a procedure, beside a clear request."""
    clearest = max(one.route.strength for one in heard)
    return tuple(one for one in heard if one.asks() or not one.acts() or one.route.strength > FAINT * clearest)


def _merged(message: str, heard: tuple[Heard, ...]) -> tuple[Heard, ...]:
    """Neighbours of one procedure become one clause."""
    result: list[Heard] = []
    for one in heard:
        last = result[-1] if result else None
        if last and last.acts() and one.acts() and last.name == one.name:
            surer = max(last.route, one.route, key=lambda route: route.strength)
            result[-1] = Heard(joined(message, last.clause, one.clause), f"{last.plain} {one.plain}", surer)
        else:
            result.append(one)
    return tuple(result)


def _to_answer(found: list[tuple[Heard, Request]]) -> tuple[Request, ...]:
    """Procedures, and what else is put as a question or a wish of its own; told circumstances need no answer."""
    order = (Kind.PROCEDURE, Kind.QUESTION, Kind.UNSURE, Kind.UNFORESEEN)
    best = min(found, key=lambda pair: (order.index(pair[1].kind), -pair[1].confidence))
    return tuple(
        request
        for heard, request in found
        if request.kind is Kind.PROCEDURE or (heard, request) == best or _own_wish(heard, request)
    )


def _doubted(kept: tuple[Request, ...], whole: Heard | None) -> tuple[Request, ...]:
    """A lone procedure, when all of the message speaks rather for another one, becomes the question which is meant."""
    one = kept[0]
    if len(kept) > 1 or whole is None or whole.route.band is Band.LEAVE or one.procedure in (None, whole.name):
        return kept
    both = (whole.route.ranked[0], *(pair for pair in one.candidates if pair[0] == one.procedure))
    return (replace(one, kind=Kind.UNSURE, procedure=None, candidates=both),)


def _open(kept: tuple[Request, ...], whole: Heard) -> bool:
    """Whether it is left to all of the message what is meant: not where one part is clear and another one doubtful."""
    first = kept[0]
    if first.kind is Kind.UNSURE:
        return whole.name in dict(first.candidates) or not any(one.procedure for one in kept)
    return first.kind is Kind.UNFORESEEN


def _own_wish(heard: Heard, request: Request) -> bool:
    """Beside another request: one that stands by itself, so that silence about it would be wrong."""
    if request.kind is Kind.UNSURE:
        return heard.asks() and not heard.leans()
    return heard.asks() and not (request.kind is Kind.UNFORESEEN and heard.leans())


def _told(one: Heard, kept: tuple[Request, ...]) -> bool:
    """Whether it is told and not asked, beside procedures, and probably about one that nothing else is about: silence
    about it would be wrong."""
    followed = {request.procedure for request in kept}
    if None in followed or any(name in followed for name, _ in one.route.ranked[:2]):
        return False
    likely = one.route.band is not Band.LEAVE and one.route.confidence >= LIKELY
    return likely and not one.asks() and not one.leans()


def _asked_about(one: Heard) -> Request:
    route = one.route
    return Request(one.clause.text, Kind.UNSURE, None, route.confidence, route.ranked[:2], slots(one.clause.text))

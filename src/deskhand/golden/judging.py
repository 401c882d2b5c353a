"""What is wrong with what became of a golden ticket, in plain words."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from deskhand.domain.money import Money
from deskhand.golden.happened import Deed, Happened, Values, typed, values_of
from deskhand.golden.ticket import Golden, WantedAction, WantedHandoff
from deskhand.procedures.spoken import money
from deskhand.procedures.template import Template, Unfilled

NOTHING = "nothing"
LONGEST = 300


@dataclass(frozen=True)
class Difference:
    """`what` was looked at, what was `expected` of it, and what was there."""

    what: str
    expected: str
    got: str

    def __str__(self) -> str:
        return f"{self.what}: expected {self.expected}, got {self.got}"


def differences(golden: Golden, happened: Happened, looked: Values) -> tuple[Difference, ...]:
    """All of them; none when the ticket passed. `looked`: what its look-ups found before it began."""
    if happened.failed:
        return (Difference("run", "an end", happened.failed),)
    return tuple(_Judge(golden, happened, values_of(looked, happened.deeds)).all())


class _Judge:
    def __init__(self, golden: Golden, happened: Happened, values: Values):
        self.golden, self.happened, self.values = golden, happened, values
        self.said = "\n".join(happened.replies)

    def all(self) -> Iterator[Difference]:
        yield from self._ends()
        yield from self._actions()
        yield from self._words()
        yield from self._handed()

    def _ends(self) -> Iterator[Difference]:
        must, never, happened = self.golden.must, self.golden.must_not, self.happened
        last = happened.outcomes[-1] if happened.outcomes else NOTHING
        if must.outcomes and last not in must.outcomes:
            yield Difference("outcome", " or ".join(must.outcomes), last)
        for one in happened.outcomes:
            if one in never.outcomes:
                yield Difference("outcome", f"never {one}", one)
        if must.procedures is not None and set(must.procedures) != set(happened.procedures):
            yield Difference("procedures", _list(must.procedures), _list(happened.procedures))
        if must.stage and must.stage != happened.stage:
            yield Difference("stage", must.stage, happened.stage or NOTHING)
        if must.language and must.language != happened.language:
            yield Difference("language", must.language, happened.language or NOTHING)

    def _actions(self) -> Iterator[Difference]:
        must, never, deeds = self.golden.must, self.golden.must_not, self.happened.deeds
        for wanted in must.actions:
            if not any(self._fits(wanted, deed) for deed in deeds):
                same = [told(deed) for deed in deeds if deed.name == wanted.action]
                yield Difference("action", self._told(wanted), "; ".join(same) or "not proposed")
        named = {one.action for one in must.actions if one.done is not False}
        for deed in deeds:
            if deed.done and (deed.name in never.does or deed.name not in named):
                yield Difference("deed", f"{deed.name} not done", told(deed))
            if deed.name in never.proposes:
                yield Difference("action", f"{deed.name} not proposed", told(deed))

    def _words(self) -> Iterator[Difference]:
        must, never = self.golden.must, self.golden.must_not
        for template in must.says:
            words = self._filled(template)
            if words is None:
                yield Difference("reply", f"words with {', '.join(template.names)}", "no such value")
            elif not _holds(self.said, words):
                yield Difference("reply", f"{words!r} in it", _short(self.said))
        for template in never.says:
            words = self._filled(template)
            if words is not None and _holds(self.said, words):
                yield Difference("reply", f"never {words!r}", _short(self.said))
        cited = self.happened.cited
        for one in must.cites:
            if one not in cited:
                yield Difference("citation", one, _list(cited))
        for one in never.cites:
            if one in cited:
                yield Difference("citation", f"never {one}", one)

    def _handed(self) -> Iterator[Difference]:
        wanted, got = self.golden.must.handoff, self.happened.handoff
        for name in self.happened.blank:
            yield Difference("packet", f"{name} filled", "blank")
        if wanted is None:
            return
        if got is None:
            yield Difference("handoff", f"one to {wanted.queue or 'people'}", NOTHING)
            return
        yield from self._packet(wanted, got.queue, got.reason, "\n".join(_texts(asdict(got))))

    def _packet(self, wanted: WantedHandoff, queue: str, reason: str, packet: str) -> Iterator[Difference]:
        if wanted.queue and wanted.queue != queue:
            yield Difference("queue", wanted.queue, queue)
        if wanted.reason and wanted.reason != reason:
            yield Difference("reason", wanted.reason, reason)
        for template in wanted.holds:
            words = self._filled(template)
            if words is None or not _holds(packet, words):
                yield Difference("packet", f"{words or ', '.join(template.names)!r} in it", "not there")

    def _fits(self, wanted: WantedAction, deed: Deed) -> bool:
        return (
            wanted.action == deed.name
            and wanted.verdict in ("", deed.verdict)
            and wanted.rule in ("", deed.rule)
            and wanted.done in (None, deed.done)
            and all(self._same(deed.arguments.get(name, ""), template) for name, template in wanted.arguments.items())
        )

    def _same(self, argument: str, template: Template) -> bool:
        words = self._filled(template)
        value = typed(argument)
        return words is not None and words in (argument, money(value) if isinstance(value, Money) else argument)

    def _told(self, wanted: WantedAction) -> str:
        given = [f"{name} {self._filled(one) or '?'}" for name, one in wanted.arguments.items()]
        done = "" if wanted.done is None else "done" if wanted.done else "not done"
        verdict = f"{wanted.verdict} by {wanted.rule}" if wanted.verdict and wanted.rule else wanted.verdict
        return ", ".join(one for one in (wanted.action, *given, verdict or wanted.rule, done) if one)

    def _filled(self, template: Template) -> str | None:
        try:
            return template.render(self.values, {}, None)
        except Unfilled:
            return None


def told(deed: Deed) -> str:
    """An action with what became of it."""
    given = [f"{name} {value}" for name, value in deed.arguments.items()]
    return ", ".join((deed.name, *given, f"{deed.verdict} by {deed.rule}", "done" if deed.done else "not done"))


def _texts(value: object) -> Iterator[str]:
    """Every text of a packet."""
    match value:
        case str():
            yield value
        case dict():
            for each in value.values():
                yield from _texts(each)
        case list() | tuple():
            for each in value:
                yield from _texts(each)
        case _:
            pass


def _holds(text: str, words: str) -> bool:
    """Whatever its letters' size and its lines."""
    return " ".join(words.lower().split()) in " ".join(text.lower().split())


def _list(names: tuple[str, ...]) -> str:
    return ", ".join(dict.fromkeys(names)) or NOTHING


def _short(text: str) -> str:
    words = " ".join(text.split())
    return repr(words if len(words) <= LONGEST else f"{words[:LONGEST]} ...") if words else NOTHING

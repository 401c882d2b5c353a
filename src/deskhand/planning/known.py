"""What the sources of one reply say, and whether a claim is among it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from deskhand.domain.finding import Finding, Value
from deskhand.domain.money import DIGITS, Money
from deskhand.planning.claim import Claim, Of
from deskhand.planning.claims import statements
from deskhand.planning.deeds import COSTLY, deeds, doers, grants, promises, wont
from deskhand.planning.places import compact, is_record, leads_to, paths, ways
from deskhand.planning.reading import WORD, plain, tongues_of
from deskhand.planning.sums import same_money
from deskhand.planning.times import deadlines, length, single

DAY = 24 * 60
NOTE = 4  # words from which on a field of a system is what somebody wrote there
ANSWERS = frozenset("answe reply respo".split())
PUBLISHED = frozenset({Of.ADDRESS})  # of which an article is no source by itself
NOTED = frozenset({Of.ADDRESS, Of.AMOUNT})  # and a note neither: what was paid has a field of its own


@dataclass(frozen=True)
class Told:
    """All that one text claims, read once and kept: texts of procedures and articles come again and again."""

    claims: tuple[Claim, ...]
    words: frozenset[str]
    ids: frozenset[str]
    wont: frozenset[str]
    lower: str


def read(text: str) -> Told:
    """What a source says."""
    even, tongues = plain(text), tongues_of(text)
    found = [*statements(text)[0], *paths(even), *ways(text), *single(even), *doers(even)]
    found += deadlines(even, tuple(tongue.code for tongue in tongues))
    found += [*deeds(even, tongues), *promises(even, tongues), *grants(even, tongues)]
    ids = frozenset(compact(part) for part in text.split())
    return Told(tuple(found), frozenset(WORD.findall(even.lower())), ids, wont(even), " ".join(even.lower().split()))


read_once = lru_cache(maxsize=1024)(read)


class Known:
    """`texts` are the company's own words; `published` is what others may have written in, as they may in what systems
    say: there, a link counts only to one of the `hosts`, and an id of a record not at all. `deeds` are participles that
    may be told as done, `pending` those that may be announced, `denied` neither."""

    def __init__(
        self,
        findings: Iterable[Finding],
        texts: Iterable[str],
        deeds: Collection[str],
        pending: Collection[str],
        denied: Collection[str],
        published: Iterable[str] = (),
        hosts: Collection[str] = (),
    ):
        own, others = _spoken(texts), _spoken(published)
        self.findings, self.texts = tuple(findings), tuple(dict.fromkeys((*others, *own)))
        self._hosts = hosts
        self.deeds, self._pending = frozenset(deeds), {word[:5] for word in pending}
        self._denied = {word[:5] for word in denied}
        self._values: dict[Of, set[tuple[object, ...]]] = {of: set() for of in Of}
        self._doubtful: dict[Of, set[tuple[object, ...]]] = {of: set() for of in Of}
        self._moments: list[datetime] = []
        self.words: set[str] = set()
        self._said: list[str] = []  # what the systems say in words
        self._noted: list[str] = []  # and at length
        self._ids: set[str] = set()
        self._records: set[str] = set()
        self._wont: set[str] = set()
        for finding in self.findings:
            self._find(finding)
        self._sources: list[Told] = []
        for text in own:
            self._hear(read_once(text), frozenset())
            self._records |= read_once(text).ids
        for text in others:
            self._hear(read_once(text), PUBLISHED)
        self._found = [read("\n\n".join(self._said)), read("\n\n".join(self._noted))]
        for found, doubtful in zip(self._found, (PUBLISHED, NOTED), strict=True):
            self._hear(found, doubtful)

    def holds(self, claim: Claim, around: Iterable[Claim]) -> bool:
        """`around`: everything that the reply claims; a zone that is named there may move a date."""
        known = self._values[claim.of]
        match claim.of:
            case Of.AMOUNT:
                return any(same_money(claim.value, one) for one in known)
            case Of.DATE:
                return self._date(claim.value, around)
            case Of.TIME:
                return self._time(*claim.value)
            case Of.FIGURE:
                return self._figure(claim.value)
            case Of.PHONE:
                digits, grouped = claim.value
                numbers = {one[0] for one in known}
                return (
                    digits in numbers
                    or digits in self._ids
                    or (bool(grouped) and self._is_figure(Decimal(str(digits))))
                )
            case Of.ID:
                id = str(claim.value[0])
                if is_record(claim.text):
                    return id in self._records
                return id in self._ids or claim.value in known or (id.isdigit() and self._is_figure(Decimal(id)))
            case Of.ADDRESS:
                others = self._doubtful[claim.of] if leads_to(claim.text, self._hosts) else set()
                return _within(claim, known) or _within(claim, others)
            case Of.DEED:
                return self._deed(*claim.value)
            case Of.STATE:  # procedures and articles tell how things stand with others
                return claim.value[0] in self.deeds or self._says(str(claim.value[0]))
            case Of.PROMISE:
                return self._promise(str(claim.value[0]), bool(claim.value[1]))
            case Of.DOER:
                return claim.value in known or any(str(claim.value[0]) in source.lower for source in self._sources)
            case Of.DEADLINE:
                return self._deadline(claim)
            case Of.DURATION | Of.PERCENT | Of.PATH | Of.GRANT:
                return claim.value in known

    def has(self, word: str) -> bool:
        """Whether a source has this word, whatever marks stand in it."""
        return compact(word) in self._ids

    def doubt(self, claim: Claim) -> str:
        """Why a claim that others make is none of ours, or nothing."""
        if claim.of is Of.ADDRESS and _within(claim, self._doubtful[claim.of]):
            return " (not one of the hosts in [replies] hosts)"
        return ""

    def forbids(self, verb: object) -> bool:
        """Whether a promise of this must be earned, in whatever words it is made."""
        return verb in COSTLY or verb in self._denied

    def _date(self, value: tuple[object, ...], around: Iterable[Claim]) -> bool:
        ahead = {one.value[1] for one in around if one.of is Of.TIME and isinstance(one.value[1], int)}
        local = [
            at + timedelta(minutes=minutes)
            for at in self._moments
            for minutes in (0, *ahead)
            if isinstance(minutes, int)
        ]
        dates = {*self._values[Of.DATE], *((at.day, at.month, at.year) for at in local)}
        return any(
            all(
                said is None or here == said or (here is None and place == 2)
                for place, (said, here) in enumerate(zip(value, one, strict=True))
            )
            for one in dates
        )

    def _time(self, minutes: object, zone: object) -> bool:
        assert isinstance(minutes, int)
        facts = [((at.hour * 60 + at.minute), 0) for at in self._moments]
        for known, ahead in (*self._values[Of.TIME], *facts):
            assert isinstance(known, int)
            if zone is None and known == minutes:
                return True
            if isinstance(zone, int) and isinstance(ahead, int) and (minutes - zone - known + ahead) % DAY == 0:
                return True
        return False

    def _figure(self, value: tuple[object, ...]) -> bool:
        whole, parts = value
        assert isinstance(parts, tuple)
        return self._is_figure(whole) or (bool(parts) and all(self._is_figure(part) for part in parts))

    def _is_figure(self, value: object) -> bool:
        bare = {*self._values[Of.FIGURE]}
        return (value, ()) in bare or any(value == one[0] for one in bare)

    def _deed(self, word: object, ours: object) -> bool:
        if word in self.deeds:
            return True
        if ours:  # a text that says "we refunded" was not written about this customer
            return False
        return (word, False) in self._values[Of.DEED] or self._says(str(word))

    def _says(self, word: str) -> bool:
        """Whether a system tells of this customer in this word."""
        return any(one.startswith(word[:5]) for found in self._found for one in found.words)

    def _promise(self, verb: str, possible: bool) -> bool:
        """What costs money is promised only in the words of a promise; what we can do, we do."""
        if verb in self._denied:
            return False
        if verb in self._pending or (verb, False) in self._values[Of.PROMISE]:
            return True
        if verb == "repai":  # in words that fit one thing only: this money comes back
            return "refunded" in self.deeds
        if verb in ANSWERS and not ANSWERS.isdisjoint(self._wont):
            return True
        return verb in self._wont and (possible or verb not in COSTLY)

    def _deadline(self, claim: Claim) -> bool:
        words, weekday = claim.value
        if weekday is not None:
            days = {at.weekday() for at in self._moments}
            return claim.value in self._values[Of.DEADLINE] or weekday in days
        if lengths := single(str(words)):  # within an hour
            return all(one.value in self._values[Of.DURATION] for one in lengths)
        return any(f" {words} " in f" {source.lower} " for source in self._sources) or self._on_day(str(words))

    def _on_day(self, words: str) -> bool:
        """ "On Saturday" of something that was on a Saturday."""
        named = [claim.value[1] for claim in deadlines(words, ()) if claim.value[1] is not None]
        return words.startswith("on ") and bool(named) and named[0] in {at.weekday() for at in self._moments}

    def _hear(self, source: Told, doubtful: Collection[Of]) -> None:
        for claim in source.claims:
            (self._doubtful if claim.of in doubtful else self._values)[claim.of].add(claim.value)
        self._sources.append(source)
        self.words |= source.words
        self._ids |= source.ids
        self._wont |= source.wont

    # -- findings -------------------------------------------------------------------------------------

    def _find(self, finding: Finding) -> None:
        name = finding.name.replace("_", " ").replace(".", " ")
        if not finding.more:  # else there are at least so many, and no reply may say how many
            self._values[Of.FIGURE].add((Decimal(len(finding.rows)), ()))
        for row in (finding.fields, *finding.rows):
            self._row(name, row)

    def _row(self, name: str, row: Mapping[str, Value]) -> None:
        for field, value in row.items():
            label = field.replace("_", " ").replace(".", " ")
            if text := self._take(label, value):
                at_length = len(text.split()) >= NOTE
                (self._noted if at_length else self._said).append(f"{label}: {text}")
                ids = {compact(part) for part in text.split()}
                self._ids |= ids
                self._records |= set() if at_length else ids
            elif value is not False and value != 0:
                self._said.append(f"{name} {label}")

    def _take(self, label: str, value: Value) -> str:
        match value:
            case bool():
                return ""
            case Money(minor, currency):
                self._values[Of.AMOUNT].add((Decimal(minor).scaleb(-DIGITS[currency]), currency))
                return ""
            case datetime():
                self._moments.append(value)
                self._values[Of.FIGURE].add((Decimal(value.year), ()))
                return ""
            case timedelta():
                minutes = Decimal(int(value.total_seconds())) / 60
                self._values[Of.DURATION].add((minutes, "minute"))
                return ""
            case int():
                self._values[Of.FIGURE].add((Decimal(value), ()))
                for word in label.split():
                    for unit in ("minute", "hour", "day", "week", "month", "year"):
                        if word in (unit, f"{unit}s"):
                            self._values[Of.DURATION].add(length(Decimal(value), unit))
                return ""
            case str():
                return value
            case list():
                return ", ".join(value)


def _spoken(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text.strip()))


def _within(address: Claim, known: Iterable[tuple[object, ...]]) -> bool:
    """Whether it is one of these, or the host of one."""
    return any(one == address.value or str(one[0]).startswith(f"{address.value[0]}/") for one in known)

"""No reply states an amount, a date, a figure, an id, an address or a deed that has no source."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from deskhand.domain.article import Hit
from deskhand.domain.finding import Finding, Value
from deskhand.domain.money import DIGITS, Money
from deskhand.domain.resolution import Resolution
from deskhand.planning.claims import Claim, Of, claims, statements

# Filled from a receipt after the deed, and therefore true; or the customer's own word, masked.
PLACE = re.compile(r"\{\{[^{}]*\}\}|\[(?:email|phone|ip|name) \d{1,4}\]")


@dataclass(frozen=True)
class Sources:
    """What a reply may rest on. `texts`: written by the company or its systems. `deeds`: participles that the plan's
    allowed actions earn. The customer's own words are no source."""

    findings: tuple[Finding, ...]
    texts: tuple[str, ...]
    deeds: frozenset[str]


def ungrounded(resolution: Resolution, sources: Sources) -> tuple[str, ...]:
    """What the reply claims without a source, as short sentences; empty when all is well."""
    known = _Known(sources)
    text = PLACE.sub(" ", resolution.reply)
    return tuple(dict.fromkeys(f'{c.of} without a source: "{c.text}"' for c in claims(text) if not known.holds(c)))


def sources_of(
    findings: Iterable[Finding],
    hits: Iterable[Hit],
    written: Iterable[str],
    resolution: Resolution,
    deeds: Mapping[str, tuple[str, ...]],
) -> Sources:
    """`written`: procedures' own texts and policy's `says`. A hit counts only when the resolution cites it."""
    cited = {citation.source for citation in resolution.citations}
    texts = [hit.passage.text for hit in hits if hit.passage.source in cited]
    told = [f"{p.preview} {' '.join(p.action.args.values())} {p.verdict.says}" for p in resolution.proposals]
    permitted = [p.action.name for p in resolution.proposals if p.verdict.effect in ("allow", "approve", "confirm")]
    earned = [deeds.get(name, ()) for name in permitted]
    return Sources(tuple(findings), (*texts, *written, *told), frozenset(word for words in earned for word in words))


class _Known:
    def __init__(self, sources: Sources):
        self._amounts: set[tuple[object, ...]] = set()
        self._dates: set[tuple[object, ...]] = set()
        self._figures: set[object] = set()
        self._deeds = sources.deeds
        words = list(sources.texts)
        for finding in sources.findings:
            for row in (finding.fields, *finding.rows):
                words += [name.replace("_", " ") for name, value in row.items() if value is not False and value != 0]
                words += [text for value in row.values() if (text := self._take(value))]
            self._figures.add(str(len(finding.rows)))
        self._text = "\n".join(words).lower()
        # Two line ends between texts: no amount or date is read across them.
        for claim in statements("\n\n".join(dict.fromkeys(words))):
            self._learn(claim)

    def holds(self, claim: Claim) -> bool:
        match claim.of:
            case Of.AMOUNT:
                return claim.value in self._amounts
            case Of.DATE:
                day, month, year = claim.value
                return any((day, month) == known[:2] and (year is None or year == known[2]) for known in self._dates)
            case Of.FIGURE:
                return claim.value[0] in self._figures
            case Of.ID | Of.ADDRESS:
                return str(claim.value[0]).lower() in self._text
            case Of.DEED:
                word, ours = claim.value
                return word in self._deeds or (not ours and str(word)[:5] in self._text)

    def _take(self, value: Value) -> str:
        match value:
            case bool():
                return ""
            case Money(minor, currency):
                self._amounts.add((Decimal(minor).scaleb(-DIGITS[currency]), currency))
                return str(value)
            case datetime():
                self._dates.add((value.day, value.month, value.year))
                self._figures |= {f"{value:%H}", f"{value:%M}", str(value.hour), str(value.minute)}
                return ""
            case timedelta():
                self._figures |= {str(value.days), str(int(value.total_seconds() // 3600))}
                return ""
            case int():
                self._figures.add(str(value))
                return ""
            case str():
                return value
            case list():
                return "\n".join(value)

    def _learn(self, claim: Claim) -> None:
        match claim.of:
            case Of.AMOUNT:
                self._amounts.add(claim.value)
            case Of.DATE:
                self._dates.add(claim.value)
            case Of.FIGURE | Of.ID:
                self._figures.add(claim.value[0])
            case Of.ADDRESS | Of.DEED:
                pass

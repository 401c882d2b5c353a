"""From the text of `proactive/*.yaml` to rules, or to every fault in them, each with its line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from deskhand.domain.errors import DeskFault, Fault
from deskhand.domain.finding import LookupSpec
from deskhand.domain.lined_yaml import Text, read_every
from deskhand.proactive.rule import Rule
from deskhand.proactive.rule_text import Reading


@dataclass(frozen=True)
class Known:
    """What rules may name. `questions`: the columns of each question of `[records.events]`."""

    questions: Mapping[str, Mapping[str, type]] = field(default_factory=dict)
    look_ups: Mapping[str, LookupSpec] = field(default_factory=dict)
    procedures: frozenset[str] = frozenset()


def load_rules(files: Mapping[str, str], known: Known) -> tuple[Rule, ...]:
    """`files`: text by name ("proactive/failed-payment.yaml"). `DeskFault` holds all faults of all files at once."""
    documents, faults = read_every(files)
    found: list[tuple[str, Rule]] = []
    for name, raw in documents.items():
        reading = Reading(raw, name, known.questions, known.look_ups, known.procedures)
        rule = reading.rule()
        faults += reading.faults
        if rule:
            found.append((name, rule))
    faults += _twice(found)
    if faults:
        raise DeskFault(tuple(faults))
    return tuple(rule for _, rule in found)


def _twice(found: list[tuple[str, Rule]]) -> Iterator[Fault]:
    """Two rules of one family would be two messages about one event, or one of them by chance."""
    families: dict[str, str] = {}
    for name, rule in found:
        if families.setdefault(rule.family, name) != name:
            line = rule.family.line if isinstance(rule.family, Text) else 1
            yield Fault(name, line, f"the family {str(rule.family)!r} is that of {families[rule.family]} already")

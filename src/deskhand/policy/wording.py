"""Mistakes of the pen that the types of facts do not show."""

from collections.abc import Sequence

from deskhand.policy.faults import Faults
from deskhand.policy.nearest import meant
from deskhand.policy.policy_file import PolicyFile
from deskhand.policy.vocabulary import VOCABULARY, strange_words


def check_words(files: Sequence[PolicyFile], faults: Faults) -> None:
    """A comparison with a word that the fact never holds."""
    for file in files:
        for rule in file.rules:
            for source in (*rule.when, *rule.require):
                for fact, word in strange_words(source):
                    words = VOCABULARY[fact]
                    what = f"{fact} is never {word!r}: it is one of {', '.join(words)}{meant(word, words)}"
                    faults.add(file.name, source.line, f"{rule.id}: {what}")


def check_repeated(files: Sequence[PolicyFile], faults: Faults) -> None:
    """A rule that says over again what another says."""
    for file in files:
        seen: dict[object, str] = {}
        for rule in file.rules:
            asks = (rule.who, rule.count, rule.four_eyes)
            key = (rule.effect, asks, frozenset(rule.on), frozenset(rule.when), frozenset(rule.require))
            first = seen.setdefault(key, str(rule.id))
            if first != rule.id:
                what = f"says over again what {first} says; remove one of them"
                faults.add(file.name, rule.line, f"{rule.id}: {what}")

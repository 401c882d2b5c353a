"""What is often right in a policy, and worth a look."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from deskhand.domain.errors import Fault
from deskhand.policy.policy import Chapter, RuleEffect
from deskhand.policy.policy_file import PolicyFile


def notes(
    files: Sequence[PolicyFile], chapters: Mapping[str, Chapter], apart: Collection[str] = ()
) -> tuple[Fault, ...]:
    """`apart`: actions that need no rule, see `ActionSchema`."""
    return (*_never_allowed(files, chapters, apart), *_missing_currencies(files), *_unused(files, chapters))


def _never_allowed(
    files: Sequence[PolicyFile], chapters: Mapping[str, Chapter], apart: Collection[str]
) -> Iterator[Fault]:
    """An action that rules speak of, each where it is named first; those that none speaks of, together."""
    places = {name: (file.name, line) for file in reversed(files) for name, line in file.named().items()}
    denied = [
        action
        for action, chapter in chapters.items()
        if not any(rule.effect is RuleEffect.ALLOW for rule in chapter.rules)
    ]
    for action in (one for one in denied if one in places):
        yield Fault(*places[action], f"{action}: no rule allows it, so it is always denied")
    if unused := [one for one in denied if one not in places and one not in apart]:
        yield Fault("policies", 1, f"no rule speaks of {', '.join(unused)}, so these actions are always denied")


def _missing_currencies(files: Sequence[PolicyFile]) -> Iterator[Fault]:
    every = {currency for file in files for limit in file.limits.values() for currency in limit.amounts}
    for file in files:
        for name, limit in file.limits.items():
            if lacking := sorted(every - set(limit.amounts)):
                what = f"limit {name} has no amount in {', '.join(lacking)}, where it is unknown and allows nothing"
                yield Fault(file.name, limit.line, what)


def _unused(files: Sequence[PolicyFile], chapters: Mapping[str, Chapter]) -> Iterator[Fault]:
    """A table of a file that covers all may be used by any file; any other, by its own rules."""
    rules = [rule for chapter in chapters.values() for rule in chapter.rules]
    for file in files:
        own = [rule for rule in rules if file.covers_all or rule.file == file.name]
        named = {name for rule in own for one in rule.conditions for name in one.expression.names}
        roles = {rule.who for rule in own if rule.effect is RuleEffect.APPROVE}
        queues = {rule.who for rule in own if rule.effect is RuleEffect.ESCALATE}
        lines = {
            **{f"limit {name}": limit.line for name, limit in file.limits.items() if f"limit.{name}" not in named},
            **{f"window {name}": one.line for name, one in file.windows.items() if f"within.{name}" not in named},
            **{f"role {name}": line for name, line in file.roles.items() if name not in roles},
            **{f"queue {name}": line for name, line in file.queues.items() if name not in queues},
        }
        for what, line in lines.items():
            yield Fault(file.name, line, f"{what} is used by no rule; use it or remove it")

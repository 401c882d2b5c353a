"""From the text of policy files to a `Policy`, or to every fault in them, each with its line."""

from collections.abc import Mapping

from deskhand.domain.digest import digest
from deskhand.domain.errors import Fault
from deskhand.policy.chapters import Chapters
from deskhand.policy.facts import ActionSchema
from deskhand.policy.faults import Faults
from deskhand.policy.nearest import one_of
from deskhand.policy.notes import notes
from deskhand.policy.policy import BUILT_IN, Chapter, Policy, RuleEffect
from deskhand.policy.policy_file import PolicyFile, policy_file
from deskhand.policy.rule_text import EVERY, TURN, RuleText
from deskhand.policy.soundness import always_refused, never_firing
from deskhand.policy.wording import check_repeated, check_words

ACTIONS = "actions/"  # files beside those of policies, which say what facts mean: the digest covers them, too


def load_policies(files: Mapping[str, str], schema: Mapping[str, ActionSchema]) -> Policy:
    """`files`: text by file name; `schema`: the facts of every action. `DeskFault` holds all faults at once.

    A file with `covers: all` speaks for every action, and first. In any other, "*" means the actions that file names,
    and an action belongs to one such file only. Files under `actions/` hold no rules.
    """
    faults = Faults()
    found, chapters = _compiled(files, schema, faults)
    check_words(found, faults)
    check_repeated(found, faults)
    faults.tell()
    for action, rule, what in never_firing(chapters):
        faults.add(rule.file, rule.line, what, action)
    faults.tell()
    apart = {action for action, one in schema.items() if one.apart}
    return _policy(files, chapters, (*notes(found, chapters, apart), *always_refused(chapters)))


def compile_policies(files: Mapping[str, str], schema: Mapping[str, ActionSchema]) -> Policy:
    """As `load_policies`, with the checks that deciding needs and no others: for texts that decided long ago."""
    faults = Faults()
    _, chapters = _compiled(files, schema, faults)
    faults.tell()
    return _policy(files, chapters, ())


def _policy(files: Mapping[str, str], chapters: Mapping[str, Chapter], notes: tuple[Fault, ...]) -> Policy:
    texts = {name: files[name] for name in sorted(files)}
    by, to = _named_by(chapters, RuleEffect.APPROVE), _named_by(chapters, RuleEffect.ESCALATE)
    return Policy(digest(texts), texts, chapters, by, to, notes)


def _compiled(
    files: Mapping[str, str], schema: Mapping[str, ActionSchema], faults: Faults
) -> tuple[list[PolicyFile], dict[str, Chapter]]:
    """Of use only if no fault was found."""
    read = [policy_file(files[name], name, faults) for name in sorted(files) if not name.startswith(ACTIONS)]
    found = sorted((file for file in read if file), key=lambda file: not file.covers_all)
    _check_homes(found, faults)
    _check_tables(found, faults)
    _check_rules(found, set(schema), faults)
    chapters = Chapters(found, faults)
    return found, {action: chapters.chapter(action, known) for action, known in schema.items()}


def _check_homes(files: list[PolicyFile], faults: Faults) -> None:
    homes: dict[str, str] = {}
    for file in files:
        if not file.covers_all:
            for action, line in file.named().items():
                if homes.setdefault(action, file.name) != file.name:
                    faults.add(file.name, line, f"{action} has its rules in {homes[action]}; keep them together")


def _check_tables(files: list[PolicyFile], faults: Faults) -> None:
    """A name that two files of one chapter both define would mean one thing in the one and be read as the other."""
    shared: dict[str, str] = {}
    for file in files:  # those that cover all come first
        limits = {f"limit.{name}": limit.line for name, limit in file.limits.items()}
        for name, line in (limits | {f"within.{name}": window.line for name, window in file.windows.items()}).items():
            if name in shared:
                faults.add(
                    file.name, line, f"{name} is defined in {shared[name]} already, for every action; rename one"
                )
            elif file.covers_all:
                shared[name] = file.name


def _check_rules(files: list[PolicyFile], actions: set[str], faults: Faults) -> None:
    seen: dict[str, str] = {}
    common = [file for file in files if file.covers_all]
    for file in files:
        speakers = [*common, file]
        known = {
            RuleEffect.APPROVE: ("by", "roles", frozenset[str]().union(*(each.roles for each in speakers))),
            RuleEffect.ESCALATE: ("to", "queues", frozenset[str]().union(*(each.queues for each in speakers))),
        }
        for rule in file.rules:
            key, table, names = known.get(rule.effect, ("", "", frozenset()))
            if key and rule.who and rule.who not in names:
                mending = one_of(rule.who, names) or f"; name it in `{table}`"
                faults.add(file.name, rule.who.line, f"{rule.id}: `{key}: {rule.who}` is unknown{mending}")
            if seen.setdefault(str(rule.id), file.name) != file.name or _is_repeated(rule, file):
                faults.add(file.name, rule.line, f"{rule.id}: another rule has this id; give one of them another")
            _check_actions(rule, file, actions, faults)


def _check_actions(rule: RuleText, file: PolicyFile, actions: set[str], faults: Faults) -> None:
    for action in rule.on:
        if action != EVERY and action not in actions:
            faults.add(file.name, action.line, f"{rule.id}: unknown action {str(action)!r}{one_of(action, actions)}")
    if EVERY in rule.on:
        reached = actions if file.covers_all else set(file.named())
        if not reached:
            faults.add(file.name, rule.line, f'{rule.id}: is on no action: this file names none that "*" could mean')
        if rule.effect is RuleEffect.CONFIRM and TURN in reached:
            faults.add(file.name, rule.line, f'{rule.id}: `confirm` has no meaning on turn, which "*" reaches here')


def _is_repeated(rule: RuleText, file: PolicyFile) -> bool:
    return next(each for each in file.rules if each.id == rule.id) is not rule


def _named_by(chapters: Mapping[str, Chapter], effect: RuleEffect) -> frozenset[str]:
    """In files: what is built in names nobody that a company has to know."""
    rules = [rule for each in chapters.values() for rule in each.rules if rule.file != BUILT_IN]
    return frozenset(rule.who for rule in rules if rule.effect is effect)

"""Past decisions taken again: by the text that took them, or by another one."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from deskhand.domain.errors import DeskFault
from deskhand.domain.journal_line import JournalLine
from deskhand.policy.facts import ActionSchema
from deskhand.policy.loading import compile_policies
from deskhand.policy.policy import Policy
from deskhand.policy.recorded import Again, Record, again, recorded

DECISIONS = ("policy.decided", "policy.asked")  # lines of the journal: before a deed, and while a plan was made


@dataclass(frozen=True)
class Replayed:
    """A line of the journal and its decision taken again. `again` is None when it could not be, and `why` says why."""

    line: JournalLine
    record: Record | None
    again: Again | None
    why: str = ""

    @property
    def differs(self) -> bool:
        return bool(self.record and self.again and self.again.answer != self.record.answer)

    @property
    def old(self) -> bool:
        """An earlier version of the product wrote the line, and kept less than a decision takes."""
        return self.record is None


class TextsOfThen:
    """Policies by the digest of their text, each compiled when it is first asked for. `schema`: the facts of every
    action, as these texts have them."""

    def __init__(
        self, texts: Mapping[str, Mapping[str, str]], schema: Callable[[Mapping[str, str]], Mapping[str, ActionSchema]]
    ):
        self._texts, self._schema = texts, schema
        self._made: dict[str, Policy | str] = {}

    def policy(self, digest: str) -> Policy | str:
        """Or why there is none."""
        if digest not in self._made:
            self._made[digest] = self._compiled(digest)
        return self._made[digest]

    def _compiled(self, digest: str) -> Policy | str:
        if digest not in self._texts:
            return "the text of the policy that decided was not kept"
        try:
            policy = compile_policies(self._texts[digest], self._schema(self._texts[digest]))
        except DeskFault as fault:
            return f"the text of then does not fit this version: {fault.faults[0]}"
        return policy if policy.digest == digest else "the text of then was changed since"


def replayed(lines: Iterable[JournalLine], texts: TextsOfThen) -> Iterator[Replayed]:
    """Each decision again by the text of then: all come out the same, unless somebody changed a line or a text."""
    for line in lines:
        one = recorded(line.body)
        if one is None:
            yield Replayed(line, None, None, "the line does not hold all that the decision was made of")
            continue
        policy = texts.policy(one.policy)
        if isinstance(policy, str):
            yield Replayed(line, one, None, policy)
        else:
            yield _with(policy, line, one)


def replayed_with(policy: Policy, lines: Iterable[JournalLine]) -> Iterator[Replayed]:
    """Each decision as this policy would take it."""
    for line in lines:
        one = recorded(line.body)
        if one is None:
            yield Replayed(line, None, None, "the line does not hold all that the decision was made of")
        else:
            yield _with(policy, line, one)


def _with(policy: Policy, line: JournalLine, one: Record) -> Replayed:
    return Replayed(line, one, again(policy, one))

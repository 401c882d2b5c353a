"""The log of model calls of one message: what is left on its ticket, and a line for each call."""

from deskhand.domain.model_call import Allowance, ModelCall, Purpose
from deskhand.workflows.desk import Desk


class Calls:
    """Keeps `ports.reasoning.CallLog`. Each call is kept at once, in a transaction of its own: a crash forgets none."""

    def __init__(self, desk: Desk, ticket: str, message: str):
        self._desk, self._ticket, self._message = desk, ticket, message

    def left(self) -> Allowance:
        """An unknown price counts as nothing: calls and tokens bound it all the same."""
        with self._desk.store.look() as tx:
            made = [call for _, call in tx.models.of_ticket(self._ticket)]
        most = self._desk.allowance
        return Allowance(
            calls=most.calls - len(made),
            tokens=most.tokens - sum(one.input_tokens + one.output_tokens for one in made),
            dollars=most.dollars - sum(one.dollars or 0.0 for one in made),
        )

    def answer(self, question: str) -> str | None:
        with self._desk.store.look() as tx:
            return tx.models.answer(self._ticket, question)

    def note(self, call: ModelCall, question: str, answer: str) -> None:
        desk, policy = self._desk, self._desk.policy.digest
        with desk.store.begin() as tx:
            tx.models.note(
                self._ticket, self._message, call, policy=policy, question=question, answer=answer, at=desk.clock()
            )

    def unanswered(self, purpose: Purpose, why: str) -> None:
        told = {"message": self._message, "purpose": str(purpose), "why": why}
        with self._desk.store.begin() as tx:
            tx.journal.append("model.unanswered", self._ticket, told, self._desk.clock())

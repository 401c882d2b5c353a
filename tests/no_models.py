"""The log of a ticket on which no model may be called."""

from deskhand.domain.model_call import Allowance, ModelCall, Purpose


class NoModels:
    """Keeps `ports.reasoning.CallLog`; a call that is noted all the same fails the test."""

    def left(self) -> Allowance:
        return Allowance(calls=0, tokens=0, dollars=0.0)

    def answer(self, question: str) -> str | None:
        return None

    def note(self, call: ModelCall, question: str, answer: str) -> None:
        raise AssertionError(f"no model may be called here: {call}")

    def unanswered(self, purpose: Purpose, why: str) -> None:
        raise AssertionError(f"no model may be asked here, to {purpose}")


NO_MODELS = NoModels()

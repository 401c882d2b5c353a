"""A model that plays a customer: it sees the public replies, and nothing else of the desk."""

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from deskhand.domain.model_call import Allowance, ModelCall, Purpose
from deskhand.infrastructure.llm.fence import fenced
from deskhand.infrastructure.llm.library.adapter import Adapter
from deskhand.infrastructure.llm.prompts import prompt
from deskhand.infrastructure.llm.question import NoAnswer, Question

PLENTY = Allowance(calls=1_000_000, tokens=1_000_000_000, dollars=1_000.0)


class Spoken(BaseModel):
    """The customer's next line; `over`: they have nothing more to say."""

    model_config = ConfigDict(extra="forbid")

    text: str
    over: bool = False


class ModelCustomer:
    """Says the next line of a customer."""

    def __init__(self, adapter: Adapter):
        self._adapter, self._system = adapter, prompt("customer")

    def line(
        self, manner: str, about: str, wish: str, answers: Sequence[str], told: Sequence[tuple[str, str]]
    ) -> str | None:
        """`told`: each line with its reply. None when the customer is content; "" when the model gave no answer."""
        parts = [f"Your manner: {manner}. {about}", fenced("wish", wish)]
        parts += [fenced("answer", one) for one in answers]
        for said, reply in told:
            parts.append(fenced("you said", said))
            parts += [fenced("they replied", reply)] if reply else []
        question = Question(Purpose.CUSTOMER, self._system, "\n\n".join(parts), answers=(Spoken,), check=_check)
        try:
            spoken = self._adapter.ask(question, _NoLog())
        except NoAnswer:
            return ""
        assert isinstance(spoken, Spoken)
        return None if spoken.over else spoken.text.strip()


def _check(answer: BaseModel) -> str:
    assert isinstance(answer, Spoken)
    return "" if answer.over or answer.text.strip() else "Say a line, or that it is over."


class _NoLog:
    """Keeps `ports.reasoning.CallLog`: what a customer's model says belongs to no ticket."""

    def left(self) -> Allowance:
        return PLENTY

    def answer(self, question: str) -> str | None:
        return None

    def note(self, call: ModelCall, question: str, answer: str) -> None:
        pass

    def unanswered(self, purpose: Purpose, why: str) -> None:
        pass

"""A model as judge of what was sent: right or wrong, supported or not."""

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict

from deskhand.domain.model_call import Purpose
from deskhand.infrastructure.llm.fence import fenced
from deskhand.infrastructure.llm.library.adapter import Adapter
from deskhand.infrastructure.llm.prompts import prompt
from deskhand.infrastructure.llm.question import NoAnswer, Question
from deskhand.ports.reasoning import CallLog, Opinion


class Grade(BaseModel):
    """Whether the reply is right and answers what was asked, and whether the sources support all that it states."""

    model_config = ConfigDict(extra="forbid")

    verdict: Literal["right", "wrong", "cannot_tell"]
    supported: bool


class ModelGrader:
    """Keeps `ports.reasoning.Grader`."""

    def __init__(self, adapter: Adapter):
        self._adapter, self._system = adapter, prompt("grade")

    def grade(self, question: str, reply: str, sources: Sequence[str], calls: CallLog) -> Opinion | None:
        """See `ports.reasoning.Grader`."""
        told = [fenced(f"source {n}", source) for n, source in enumerate(sources, 1)]
        case = "\n\n".join((fenced("message", question), *told, fenced("reply", reply)))
        try:
            given = self._adapter.ask(Question(Purpose.JUDGE, self._system, case, answers=(Grade,)), calls)
        except NoAnswer:
            return None
        assert isinstance(given, Grade)
        return None if given.verdict == "cannot_tell" else Opinion(given.verdict == "right", given.supported)

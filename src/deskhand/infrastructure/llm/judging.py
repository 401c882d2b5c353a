"""A second model as judge of a reply: it can stop one, never pass one."""

import re
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from deskhand.domain.model_call import Purpose
from deskhand.infrastructure.llm.fence import fenced
from deskhand.infrastructure.llm.library.adapter import Adapter
from deskhand.infrastructure.llm.prompts import prompt
from deskhand.infrastructure.llm.question import NoAnswer, Question
from deskhand.infrastructure.llm.quotes import stands_in
from deskhand.ports.reasoning import CallLog

RECEIPT = re.compile(r"\{\{\s{0,9}receipts\.\d{1,4}\.(\w{1,60})[^{}]{0,200}\}\}")


class Judgement(BaseModel):
    """The sentences of the reply that no source supports."""

    model_config = ConfigDict(extra="forbid")

    unsupported: list[str] = []


class ModelJudge:
    """Keeps `ports.reasoning.Judge`."""

    def __init__(self, adapter: Adapter):
        self._adapter, self._system = adapter, prompt("judge")

    def unsupported(self, reply: str, sources: Sequence[str], calls: CallLog) -> tuple[str, ...]:
        """See `ports.reasoning.Judge`. A sentence that does not stand in the reply is no finding."""
        reply = RECEIPT.sub(r"[\1 follows]", reply)  # as agents read it before anything is done
        told = [fenced(f"source {n}", source) for n, source in enumerate(sources, 1)]
        question = Question(
            Purpose.JUDGE, self._system, "\n\n".join((*told, fenced("reply", reply))), answers=(Judgement,)
        )
        try:
            judgement = self._adapter.ask(question, calls)
        except NoAnswer:
            return ()
        assert isinstance(judgement, Judgement)
        found = (stands_in(sentence, reply) for sentence in judgement.unsupported)
        return tuple(sentence for sentence in found if sentence)

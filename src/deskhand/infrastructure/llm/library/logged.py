"""Every request to a model passes here: within what is left, answered from the log after a crash, and noted."""

import asyncio
import time
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from pydantic_ai.exceptions import AgentRunError
from pydantic_ai.messages import ModelMessage, ModelMessagesTypeAdapter, ModelResponse, TextPart
from pydantic_ai.models import Model, ModelRequestParameters
from pydantic_ai.models.wrapper import WrapperModel
from pydantic_ai.settings import ModelSettings

from deskhand.domain.digest import canonical, digest
from deskhand.domain.model_call import ModelCall
from deskhand.infrastructure.llm.library.asked import ASKED
from deskhand.infrastructure.llm.model_name import ModelName
from deskhand.infrastructure.llm.prices import Prices
from deskhand.infrastructure.llm.question import Question
from deskhand.ports.reasoning import CallLog

PER_TOKEN = 4  # characters, roughly; only to stop a prompt that could not be paid for any more
LONGEST = 100_000  # characters of one answer: far more than the tokens that a model may use for it
PASSING = frozenset({"timestamp", "run_id", "conversation_id", "tool_call_id", "usage", "provider_response_id"})


class Spent(Exception):
    """Nothing is left for models on this ticket. No other model is tried: it would cost as well."""


@dataclass(init=False)
class Logged(WrapperModel):
    """Notes what one model was asked, what it answered and what that cost."""

    def __init__(self, wrapped: Model, name: ModelName, prices: Prices):
        super().__init__(wrapped)
        self.name, self.prices = name, prices

    async def request(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
    ) -> ModelResponse:
        asked = ASKED.get()
        text = written(messages, model_request_parameters)
        # With the address: of two servers of one name the second is asked anew when the first was cut off.
        key = digest([str(self.name), self.name.address, text])
        if known := await asyncio.to_thread(_known, asked.calls, key, len(text)):
            return known
        began = time.perf_counter()
        try:
            response = _bounded(await super().request(messages, model_settings, model_request_parameters))
        except (AgentRunError, asyncio.CancelledError) as error:
            # A cancelled task cannot wait for a thread any more.
            asked.calls.note(self._call(asked.question, key, began, failed=type(error).__name__), text, "")
            raise
        call = self._call(asked.question, key, began, response)
        if call.dollars is not None:
            response.usage.cost = Decimal(str(call.dollars))  # or the library looks for a price of its own
        answer = ModelMessagesTypeAdapter.dump_json([response]).decode()
        await asyncio.to_thread(asked.calls.note, call, text, answer)
        return response

    def _call(
        self, question: Question, key: str, began: float, response: ModelResponse | None = None, failed: str = ""
    ) -> ModelCall:
        usage = response.usage if response else None
        read, cached, said = (usage.input_tokens, usage.cache_read_tokens, usage.output_tokens) if usage else (0, 0, 0)
        cost = self.prices.cost(str(self.name), input=read, cached=cached, output=said)
        return ModelCall(
            purpose=question.purpose,
            model=str(self.name),
            prompt=question.prompt,
            question=key,
            procedures=question.procedures,
            input_tokens=read,
            cached_tokens=cached,
            output_tokens=said,
            dollars=0.0 if failed else cost.dollars,
            price=cost.price,
            ms=round(1000 * (time.perf_counter() - began), 3),
            failed=failed,
        )


def _bounded(response: ModelResponse) -> ModelResponse:
    """One that is longer than was asked for is taken as cut off: it is not kept, and not sent back to be mended."""
    length = sum(len(str(getattr(part, "content", None) or getattr(part, "args", ""))) for part in response.parts)
    if length <= LONGEST:
        return response
    return replace(response, parts=[TextPart(f"({length} characters)")], finish_reason="length")


def _known(calls: CallLog, key: str, length: int) -> ModelResponse | None:
    """The answer to the same question before a crash; else None, if another question may still be asked."""
    if answer := calls.answer(key):
        known = ModelMessagesTypeAdapter.validate_json(answer)[0]
        assert isinstance(known, ModelResponse)
        return known
    left = calls.left()
    if left.spent or length / PER_TOKEN > left.tokens:
        raise Spent(f"{left.calls} calls, {left.tokens} tokens and {left.dollars:.4f} dollars are left on this ticket")
    return None


def written(messages: list[ModelMessage], parameters: ModelRequestParameters) -> str:
    """All that a model is told, without what differs from run to run: the same question is the same text."""
    tools = (*parameters.function_tools, *parameters.output_tools)
    shapes = [[tool.name, tool.description, tool.parameters_json_schema] for tool in tools]
    told = ModelMessagesTypeAdapter.dump_python(messages, mode="json", exclude_none=True)
    return canonical({"messages": _lasting(told), "tools": shapes, "mode": parameters.output_mode})


def _lasting(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _lasting(inner) for name, inner in value.items() if name not in PASSING}
    return [_lasting(inner) for inner in value] if isinstance(value, list) else value

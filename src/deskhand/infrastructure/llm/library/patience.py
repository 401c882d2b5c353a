"""How long a model of a chain is waited for, and when it is not even asked."""

import asyncio
from dataclasses import dataclass

from pydantic_ai.exceptions import ModelAPIError, ModelRequestTimeout, UnexpectedModelBehavior
from pydantic_ai.messages import ModelMessage, ModelResponse
from pydantic_ai.models import Model, ModelRequestParameters
from pydantic_ai.models.wrapper import WrapperModel
from pydantic_ai.settings import ModelSettings

from deskhand.infrastructure.llm.library.asked import ASKED, DOWN, USELESS, Health


@dataclass(init=False)
class Share(WrapperModel):
    """A model may use a question's time up to its share, with all its attempts: what is left is for those behind it."""

    def __init__(self, wrapped: Model, share: float):
        super().__init__(wrapped)
        self.share = share

    async def request(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
    ) -> ModelResponse:
        left = ASKED.get().left(self.share)
        if left <= 0:
            raise ModelRequestTimeout(self.model_name, 0)
        try:
            async with asyncio.timeout(left):
                return await super().request(messages, model_settings, model_request_parameters)
        except TimeoutError as error:
            raise ModelRequestTimeout(self.model_name, left) from error


@dataclass(init=False)
class Cooldown(WrapperModel):
    """After some failures in a row a model rests, so that not every message waits for a dead one first."""

    def __init__(self, wrapped: Model):
        super().__init__(wrapped)
        self.health = Health()

    async def request(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
    ) -> ModelResponse:
        asked = ASKED.get()
        if self.health.resting or self.health in asked.passed_over:
            raise ModelAPIError(self.model_name, "resting after repeated failures, or of no use for this question")
        try:
            response = await super().request(messages, model_settings, model_request_parameters)
        except (ModelAPIError, UnexpectedModelBehavior, asyncio.CancelledError):  # the last: a time limit
            self.health.failed(DOWN)
            raise
        if response.finish_reason == "length":  # a refusal tells of the message, not of the model
            self.health.failed(USELESS)
        else:
            asked.speaker = self.health
        return response

"""A server that speaks as OpenAI does, as the strictest of them wants it; what is sent each time is made once."""

from dataclasses import replace
from typing import Any

from pydantic_ai.models import Model, ModelRequestParameters
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.output import OutputObjectDefinition
from pydantic_ai.profiles.openai import OpenAIModelProfile
from pydantic_ai.providers import Provider

from deskhand.domain.digest import canonical


def compatible(name: str, provider: Provider[Any]) -> Model:
    """One system message, and the older name of the longest answer."""
    strict = OpenAIModelProfile(
        openai_chat_supports_multiple_system_messages=False, openai_chat_supports_max_completion_tokens=False
    )
    return _MadeOnce(name, provider=provider, profile=strict)


class _MadeOnce(OpenAIChatModel):
    """The library walks the schema of the answer anew, twice for each request: a tenth of what a request costs us."""

    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, **options)
        self._outputs: dict[str, OutputObjectDefinition | None] = {}  # as few as there are kinds of question

    def customize_request_parameters(self, model_request_parameters: ModelRequestParameters) -> ModelRequestParameters:
        asked = model_request_parameters.output_object
        if asked is None:
            return super().customize_request_parameters(model_request_parameters)
        written = canonical([asked.name, asked.description, asked.strict, asked.json_schema])
        if written not in self._outputs:
            whole = super().customize_request_parameters(model_request_parameters)
            self._outputs[written] = whole.output_object
            return whole
        bare = super().customize_request_parameters(replace(model_request_parameters, output_object=None))
        return replace(bare, output_object=self._outputs[written])

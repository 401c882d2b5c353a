"""From the names of models to one that answers whenever any of them does."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic_ai.exceptions import ModelAPIError, UnexpectedModelBehavior
from pydantic_ai.messages import ModelMessage, ModelResponse
from pydantic_ai.models import Model, ModelRequestParameters, infer_model
from pydantic_ai.models.fallback import FallbackModel
from pydantic_ai.models.wrapper import WrapperModel
from pydantic_ai.providers import Provider, infer_provider_class
from pydantic_ai.settings import ModelSettings

from deskhand.infrastructure.llm.library.asked import ASKED
from deskhand.infrastructure.llm.library.logged import Logged
from deskhand.infrastructure.llm.library.patience import Cooldown, Share
from deskhand.infrastructure.llm.library.spoken_calls import SpokenCalls
from deskhand.infrastructure.llm.model_name import COMPATIBLE, ModelName
from deskhand.infrastructure.llm.prices import Prices

Key = Callable[[str], str]


@dataclass(init=False)
class WithoutAttempts(WrapperModel):
    """A client that counts and times its attempts by itself, and warns when it is told how. The limit for all of them
    together holds."""

    async def request(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
    ) -> ModelResponse:
        settings = model_settings.copy() if model_settings else ModelSettings()
        settings.pop("timeout", None)
        settings.pop("max_retries", None)
        return await super().request(messages, settings, model_request_parameters)


@dataclass(init=False)
class WithCacheKey(WrapperModel):
    """Mistral caches what two prompts begin with only for requests of one key."""

    async def request(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
    ) -> ModelResponse:
        asked = ASKED.get(None)
        key: Any = {"mistral_prompt_cache_key": asked.question.prompt} if asked else {}
        return await super().request(messages, {**(model_settings or {}), **key}, model_request_parameters)


def chain(names: Sequence[ModelName], key: Key, prices: Prices) -> Model:
    """The first that answers, whole. What a model costs and says is noted on the way."""
    return FallbackModel(
        *(
            Share(watched(model_of(name, key), name, prices), share=place / len(names))
            for place, name in enumerate(names, 1)
        ),
        fallback_on=[ModelAPIError, UnexpectedModelBehavior, cut_off],
    )


def watched(model: Model, name: ModelName, prices: Prices) -> Model:
    """A model as this desk uses it."""
    return Cooldown(SpokenCalls(Logged(model, name, prices)))


def model_of(name: ModelName, key: Key) -> Model:
    """The library's model for a name. ImportError when its provider's extra is not installed."""

    def provider(kind: str) -> Provider[Any]:
        return infer_provider_class(kind)(**_reach(name, key))

    if name.provider == COMPATIBLE:
        from deskhand.infrastructure.llm.library.compatible import compatible  # late: it imports the client

        return compatible(name.name, provider("openai"))
    if name.provider == "bedrock":
        return WithoutAttempts(infer_model(f"bedrock:{name.name}", provider))
    if name.provider == "mistral":
        return WithCacheKey(infer_model(f"mistral:{name.name}", provider))
    return infer_model(f"{'openai-chat' if name.provider == 'openai' else name.provider}:{name.name}", provider)


def _reach(name: ModelName, key: Key) -> Mapping[str, str]:
    address = {"base_url": name.address} if name.address else {}
    if name.provider == "bedrock":
        return address  # its library finds keys and region by itself
    # A server of one's own often wants no key, but its client wants to send one.
    return {"api_key": key(name.provider) or "none", **address}


def cut_off(response: ModelResponse) -> bool:
    """An answer that is not whole is none."""
    return response.finish_reason in ("length", "content_filter")

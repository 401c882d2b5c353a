"""Is there a model behind a name? One small question tells, in words for the person who wrote the name."""

import asyncio

from pydantic_ai import AgentRunError, UnexpectedModelBehavior, UserError
from pydantic_ai.exceptions import ModelHTTPError
from pydantic_ai.messages import ModelRequest, UserPromptPart
from pydantic_ai.models import ModelRequestParameters
from pydantic_ai.settings import ModelSettings

from deskhand.infrastructure.llm.library.chain import Key, model_of
from deskhand.infrastructure.llm.model_name import ModelName

LONGEST = 120.0  # seconds: a local server may have to load the model first
ANSWER = 256  # tokens
SAID = {401: "the key is not accepted", 403: "the key may not use it", 404: "there is no model of this name"}


def trouble(name: ModelName, key: Key, *, seconds: float = LONGEST) -> str:
    """Why this model cannot be used, or "". ImportError when its provider's extra is not installed."""
    try:
        asyncio.run(asyncio.wait_for(_ask(name, key, seconds), seconds))
    except TimeoutError:
        return f"no answer came within {seconds:.0f} seconds"
    except ModelHTTPError as error:
        return f"{SAID.get(error.status_code, 'it cannot be used now')} (status {error.status_code})"
    except UnexpectedModelBehavior:
        return f"what answers{_where(name)} does not speak as a model's server does"
    except UserError as error:
        return str(error).rstrip(".")  # the library's own advice: a region or a variable that is not set
    except AgentRunError:
        return f"nothing answers{_where(name)}"
    return ""


async def _ask(name: ModelName, key: Key, seconds: float) -> None:
    async with model_of(name, key) as model:
        await model.request(
            [ModelRequest([UserPromptPart("Answer with one word: yes.")])],
            ModelSettings(timeout=seconds, max_tokens=ANSWER, max_retries=0),
            ModelRequestParameters(),
        )


def _where(name: ModelName) -> str:
    return f" at {name.address}" if name.address else ""

"""How a model is named in `desk.toml`: provider:name, name@address, or provider:name@address."""

from dataclasses import dataclass

# Each is an extra of this package under the same name.
PROVIDERS = ("anthropic", "bedrock", "google", "mistral", "openai")
COMPATIBLE = "openai-compatible"


@dataclass(frozen=True)
class ModelName:
    """`address` is empty for the provider's own one. `provider` is COMPATIBLE for a server that speaks as OpenAI does:
    Ollama, llama.cpp, vLLM and many others."""

    provider: str
    name: str
    address: str

    @property
    def extra(self) -> str:
        """The extra of this package that brings what speaks to it."""
        return "openai" if self.provider == COMPATIBLE else self.provider

    def __str__(self) -> str:
        return f"{self.provider}:{self.name}"


def parse(text: str) -> ModelName:
    """ValueError, with a sentence for people, when it names no model."""
    named, at, rest = text.partition("@http")
    address = f"http{rest}" if at else ""
    provider, colon, name = named.partition(":")
    if colon and provider in PROVIDERS and name:
        return ModelName(provider, name, address)
    if address and named:
        return ModelName(COMPATIBLE, named, address)
    raise ValueError(
        f"{text!r} names no model: write provider:name with one of {', '.join(PROVIDERS)}, "
        "or name@http://... for a server that speaks as OpenAI does"
    )

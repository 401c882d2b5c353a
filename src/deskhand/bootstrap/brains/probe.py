"""Whether a model can be used at all, asked before anything rests on it; and the language of what it wrote."""

from collections.abc import Sequence

from deskhand.domain.errors import DeskFault, DeskhandError
from deskhand.infrastructure.brain.language import language_of
from deskhand.settings import Settings


def probe(settings: Settings, model: str) -> None:
    """One small question to this model. `DeskhandError`, in one sentence, when no answer comes."""
    from deskhand.infrastructure.llm.model_name import parse

    try:
        name = parse(model)
    except ValueError as error:
        raise DeskhandError(str(error)) from error
    try:
        from deskhand.infrastructure.llm.library.probe import trouble

        if why := trouble(name, settings.model_key):
            raise DeskhandError(f"{model}: {why}.")
    except DeskFault as fault:
        raise DeskhandError(f"{model}: {fault.faults[0].what}.") from fault
    except ImportError as error:
        raise DeskhandError(f"{model}: it needs an extra: pip install 'deskhand[{name.extra}]'.") from error


def tell_language(text: str, languages: Sequence[str]) -> str:
    """ISO 639-1, or "und"; the desk's own English words count for nothing."""
    return language_of(text, languages, lambda word: False)

"""Who reads and plans: the built-in brain, or language models with it behind them."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from deskhand.bootstrap.folder.folder import Folder
from deskhand.context.lookups.catalogue import LookUps
from deskhand.domain.errors import DeskFault, Fault
from deskhand.infrastructure.brain.planner import BuiltInPlanner
from deskhand.infrastructure.brain.reader import BuiltInReader
from deskhand.ports.reasoning import Grader, Judge, Planner, Reader
from deskhand.procedures.procedure import ActionShape
from deskhand.settings import Settings

if TYPE_CHECKING:
    from deskhand.infrastructure.llm.library.adapter import Adapter


@dataclass(frozen=True)
class Brains:
    """`hidden` are the texts that no customer may ever read; `judge` is None where no second model is set, and
    `grader` where `[quality] judge` is off. `tried`: planners with the models of trials, by trial."""

    reader: Reader
    planner: Planner
    judge: Judge | None = None
    hidden: tuple[str, ...] = ()
    grader: Grader | None = None
    tried: Mapping[str, Planner] = field(default_factory=dict)


def brains(
    settings: Settings,
    folder: Folder,
    look_ups: LookUps,
    own_reader: BuiltInReader,
    clock: Callable[[], datetime],
    stack: ExitStack,
) -> Brains:
    """`DeskFault` when a model is named that cannot be used as things stand."""
    own, tried = (
        BuiltInPlanner(clock),
        {name: one.model for name, one in settings.table.rollout.trials.items() if one.model},
    )
    if not settings.table.chain:
        if tried:
            what = f"rollout.trials.{next(iter(tried))}: there is no `model` to compare it with"
            raise DeskFault((settings.fault("rollout.trials", what),))
        if settings.table.quality.judge:
            raise DeskFault(
                (
                    settings.fault(
                        "quality.judge", "there is no `model` that could judge: set one, or leave `judge` out"
                    ),
                )
            )
        return Brains(own_reader, own)
    # A second of imports that a desk without a model need not wait for.
    from deskhand.infrastructure.llm.drafting import ModelPlanner
    from deskhand.infrastructure.llm.grading import ModelGrader
    from deskhand.infrastructure.llm.judging import ModelJudge
    from deskhand.infrastructure.llm.prompts import prompt
    from deskhand.infrastructure.llm.reading import ModelReader

    adapter = adapter_of(settings, settings.table.chain, stack)
    judge = settings.table.models.judge
    graded_by = (judge,) if judge else settings.table.chain
    # What no procedure may propose is refused in any case; the same for every message, so that a prefix can be kept.
    may = {name for one in folder.procedures for name in one.may_propose}
    actions = [ActionShape(name, kind.arguments, kind.receipt) for name, kind in folder.actions.items() if name in may]

    def planner(names: tuple[str, ...]) -> ModelPlanner:
        asked = adapter if names == settings.table.chain else adapter_of(settings, names, stack)
        return ModelPlanner(
            asked, own, company=settings.table.company, specs=look_ups.specs, actions=actions, clock=clock
        )

    return Brains(
        reader=ModelReader(adapter, own_reader, folder.procedures),
        planner=planner(settings.table.chain),
        judge=ModelJudge(adapter_of(settings, (judge,), stack)) if judge else None,
        hidden=tuple(map(prompt, ("read", "plan", "judge"))),
        grader=ModelGrader(adapter_of(settings, graded_by, stack)) if settings.table.quality.judge else None,
        # Where the model that is tried does not answer, those of the desk do.
        tried={name: planner(tuple(dict.fromkeys((model, *settings.table.chain)))) for name, model in tried.items()},
    )


def adapter_of(settings: Settings, names: tuple[str, ...], stack: ExitStack) -> "Adapter":
    """What asks the first of these models that answers; `stack` closes it."""
    from deskhand.infrastructure.llm.model_name import COMPATIBLE, parse
    from deskhand.infrastructure.llm.prices import Price, Prices

    table, file = settings.table.models, str(settings.folder / "desk.toml")
    try:
        models = [parse(name) for name in names]
    except ValueError as error:
        raise DeskFault((Fault(file, 1, f"model: {error}"),)) from error
    own = {
        name: Price(one.input, one.input if one.cached_input is None else one.cached_input, one.output, one.as_of)
        for name, one in table.prices.items()
    }
    try:
        from deskhand.infrastructure.llm.library.adapter import Adapter
        from deskhand.infrastructure.llm.library.chain import chain

        model = chain(models, settings.model_key, Prices(own))
    except ImportError as error:
        extras = ",".join(sorted({one.extra for one in models}))
        raise DeskFault((Fault(file, 1, f"model: it needs an extra: pip install 'deskhand[{extras}]'"),)) from error
    adapter = Adapter(
        model,
        timeout=table.timeout_seconds,
        retries=table.retries,
        in_json=models[0].provider == COMPATIBLE,
        content=table.trace_content,
    )
    stack.callback(adapter.close)
    return adapter

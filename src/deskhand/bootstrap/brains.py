"""Who reads and plans: the built-in brain, or language models with it behind them."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from deskhand.bootstrap.folder import Folder
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
    `grader` where `[quality] judge` is off."""

    reader: Reader
    planner: Planner
    judge: Judge | None = None
    hidden: tuple[str, ...] = ()
    grader: Grader | None = None


def brains(
    settings: Settings,
    folder: Folder,
    look_ups: LookUps,
    own_reader: BuiltInReader,
    clock: Callable[[], datetime],
    stack: ExitStack,
) -> Brains:
    """`DeskFault` when a model is named that cannot be used as things stand."""
    own = BuiltInPlanner(clock)
    if not settings.table.chain:
        if settings.table.quality.judge:
            raise DeskFault((settings.fault("quality.judge", "there is no `model` that could judge"),))
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
    actions = [ActionShape(name, kind.arguments, kind.receipt) for name, kind in folder.actions.items()]
    return Brains(
        reader=ModelReader(adapter, own_reader, folder.procedures),
        planner=ModelPlanner(
            adapter, own, company=settings.table.company, specs=look_ups.specs, actions=actions, clock=clock
        ),
        judge=ModelJudge(adapter_of(settings, (judge,), stack)) if judge else None,
        hidden=tuple(map(prompt, ("read", "plan", "judge"))),
        grader=ModelGrader(adapter_of(settings, graded_by, stack)) if settings.table.quality.judge else None,
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

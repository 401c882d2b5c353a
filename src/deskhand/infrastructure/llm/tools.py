"""What a model may do while it plans: look up, ask what policy says, search. Nothing here changes anything.

All of it is bound to the ticket's customer beforehand: no argument can name another one.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, create_model

from deskhand.domain.action import Action
from deskhand.domain.finding import LookupSpec
from deskhand.domain.money import Money
from deskhand.infrastructure.llm.question import Tool
from deskhand.infrastructure.llm.table import Table
from deskhand.infrastructure.llm.told import finding_text, passage_text, proposal_text
from deskhand.ports.reasoning import Tools
from deskhand.procedures.procedure import ActionShape

STRICT = ConfigDict(extra="forbid")
MOST = 99_999
Number = Annotated[int, Field(ge=1, le=MOST)]
Text = Annotated[str, Field(min_length=1, max_length=200)]
# Text, never a number: a model writes 42.5 for 42.50, and a float is no amount.
Amount = Annotated[str, Field(pattern=r"^[0-9]{1,12}(\.[0-9]{1,4})? [A-Z]{3}$", description='Such as "42.00 USD".')]


class Wanted(BaseModel):
    model_config = STRICT

    question: Annotated[str, Field(min_length=1, max_length=300, description="In English.")]


def look_ups(specs: Mapping[str, LookupSpec], tools: Tools, table: Table) -> tuple[Tool, ...]:
    """Every look-up of this desk; billing.charges is called billing__charges."""

    def tool(spec: LookupSpec) -> Tool:
        def perform(arguments: Mapping[str, Any]) -> str:
            finding = tools.look_up(spec.name, arguments)
            table.found.append(finding)
            return finding_text(finding)

        name = spec.name.replace(".", "__")
        kinds = tuple((one, Number if kind is int else Text) for one, kind in spec.arguments.items())
        return Tool(name, spec.about, _arguments(name, kinds), perform)

    return tuple(tool(spec) for spec in specs.values())


def proposals(actions: Sequence[ActionShape], tools: Tools, table: Table) -> tuple[Tool, ...]:
    """For each action: what policy says of it now. The model learns the name under which it may put it into `do`."""

    def tool(action: ActionShape) -> Tool:
        def perform(arguments: Mapping[str, Any]) -> str:
            proposal = tools.propose(Action(action.name, dict(arguments)))
            return proposal_text(table.offer(proposal), proposal)

        name = f"propose_{action.name}"
        kinds = tuple((one, Amount if kind is Money else Text) for one, kind in action.arguments.items())
        about = f"What policy says of {action.name.replace('_', ' ')} for this customer. Changes nothing."
        return Tool(name, about, _arguments(name, kinds), perform)

    return tuple(tool(action) for action in actions)


def search(tools: Tools, table: Table) -> Tool:
    """The company's articles."""

    def perform(arguments: Mapping[str, Any]) -> str:
        names = table.read(tools.search(str(arguments["question"])))
        found = [passage_text(name, table.passages[int(name[1:]) - 1]) for name in names]
        return "\n\n".join(found) or "No article is near."

    return Tool("search_articles", "Passages of the company's articles about a question.", Wanted, perform)


@cache
def _arguments(name: str, kinds: tuple[tuple[str, Any], ...]) -> type[BaseModel]:
    fields: dict[str, Any] = {one: (kind, ...) for one, kind in kinds}
    return create_model(name, __config__=STRICT, **fields)

"""Asks a language model a question and holds it to a typed answer. Whatever goes wrong is a `NoAnswer`."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pydantic_ai
from pydantic import BaseModel
from pydantic_ai import (
    Agent,
    AgentRunError,
    FallbackExceptionGroup,
    FunctionToolset,
    InstrumentationSettings,
    ModelMessage,
    ModelResponse,
    ModelRetry,
    PromptedOutput,
    RunContext,
    ToolCallPart,
    ToolFailed,
    ToolOutput,
    UnexpectedModelBehavior,
    UsageLimitExceeded,
    UsageLimits,
    UserError,
)
from pydantic_ai import Tool as LibraryTool
from pydantic_ai.capabilities import Instrumentation
from pydantic_ai.models import Model
from pydantic_ai.settings import ModelSettings

from deskhand.domain.card_number import without_cards
from deskhand.domain.errors import DeskhandError
from deskhand.infrastructure.llm.library.asked import ASKED, Asked
from deskhand.infrastructure.llm.library.logged import Spent
from deskhand.infrastructure.llm.library.loop import Loop
from deskhand.infrastructure.llm.library.moves import Move, menu, move_of, result, snake
from deskhand.infrastructure.llm.question import NoAnswer, Question, Tool, Unfit, performed, shape
from deskhand.ports.reasoning import CallLog

pydantic_ai.BANNER_ENABLED = False

MOST = UsageLimits(request_limit=8, tool_calls_limit=16)
MOST_TURNS = 5  # of a model that asks for its tools in JSON
LONGEST_ANSWER = 4096  # tokens
LOOK_UP_SECONDS = 20
RETRIES: Any = {"tools": 2, "output": 2}


class Adapter:
    """`model` answers within `timeout` seconds a request. `in_json`: it is asked for its tools in JSON at once, as
    small local models need it; others are when they could not handle native tools. Any number of threads may ask.
    """

    def __init__(self, model: Model, *, timeout: float, retries: int, in_json: bool, content: bool = False):
        self._model, self._in_json, self._content = model, in_json, content
        self._settings = ModelSettings(
            timeout=timeout,
            request_timeout=timeout * (retries + 1),
            max_retries=retries,
            max_tokens=LONGEST_ANSWER,
            cache=True,
        )
        self._longest = timeout * 4  # for a question with all its requests
        self._agents: dict[tuple[object, ...], Agent[Question, BaseModel]] = {}
        self._loop = Loop(model)

    def ask(self, question: Question, calls: CallLog) -> BaseModel:
        """An answer of one of the question's types that passed its check. `NoAnswer` when none is to be had, and then
        the log says so, too."""
        try:
            return self._loop.run(asyncio.wait_for(self._ask(question, calls), self._longest))
        except TimeoutError as error:
            calls.unanswered(question.purpose, "timeout")
            raise NoAnswer("timeout", f"no answer within {self._longest:.0f} seconds") from error
        except NoAnswer as no:
            calls.unanswered(question.purpose, no.why)
            raise

    def close(self) -> None:
        self._loop.close()

    async def _ask(self, question: Question, calls: CallLog) -> BaseModel:
        question = replace(question, case=without_cards(question.case), tools=tuple(map(_careful, question.tools)))
        asked = Asked(question, calls, self._longest)
        ASKED.set(asked)
        try:
            answer = await self._by_any(asked)
            asked.answered()
            return answer
        except Spent as spent:
            raise NoAnswer("budget", str(spent)) from spent
        except UsageLimitExceeded as error:
            raise NoAnswer("endless", str(error)) from error
        except UnexpectedModelBehavior as error:
            raise NoAnswer("nonsense", type(error).__name__) from error
        except (AgentRunError, FallbackExceptionGroup, UserError) as error:
            raise NoAnswer("down", _causes(error)) from error

    async def _by_any(self, asked: Asked) -> BaseModel:
        """Whoever gives nothing usable is passed over, until nobody is left."""
        try:
            return await self._in_either_way(asked.question)
        except (UnexpectedModelBehavior, UsageLimitExceeded):
            if asked.pass_over():
                with suppress(FallbackExceptionGroup):
                    return await self._by_any(asked)
            raise

    async def _in_either_way(self, question: Question) -> BaseModel:
        if not self._in_json:
            try:
                return await self._natively(question)
            except UnexpectedModelBehavior:
                pass  # native tools are beyond it
        return await self._in_turns(question)

    async def _natively(self, question: Question) -> BaseModel:
        tools = FunctionToolset([_native(tool) for tool in question.tools], timeout=LOOK_UP_SECONDS)
        agent = self._agent(question, in_json=False)
        run = await agent.run(question.case, deps=question, toolsets=[tools], usage_limits=MOST)
        return run.output

    async def _in_turns(self, question: Question) -> BaseModel:
        """The model says in JSON which tools it wants, and gets their results with the next request."""
        agent = self._agent(question, in_json=True)
        history: list[ModelMessage] = []
        text = f"{question.case}\n\n{menu(question.tools)}".strip()
        for _ in range(MOST_TURNS):
            run = await agent.run(text, deps=question, message_history=history, usage_limits=MOST)
            move = run.output
            assert isinstance(move, Move)
            if move.answer is not None:
                return move.answer
            results = [await asyncio.to_thread(result, question.tools, call) for call in move.calls]
            text, history = "\n\n".join(results), run.all_messages()
        raise UsageLimitExceeded(f"{MOST_TURNS} rounds of tool calls")

    def _agent(self, question: Question, *, in_json: bool) -> Agent[Question, BaseModel]:
        key = (question.system, question.answers, in_json)
        if key not in self._agents:
            self._agents[key] = self._new_agent(question, in_json)
        return self._agents[key]

    def _new_agent(self, question: Question, in_json: bool) -> Agent[Question, BaseModel]:
        outputs: Any = [ToolOutput(kind, name=snake(kind.__name__)) for kind in question.answers]
        if in_json:
            outputs = PromptedOutput(move_of(question.answers))
        agent: Agent[Question, BaseModel] = Agent(
            self._model,
            name=str(question.purpose),
            deps_type=Question,
            output_type=outputs,
            instructions=question.system,
            model_settings=self._settings,
            retries=RETRIES,
            capabilities=[Instrumentation(InstrumentationSettings(include_content=self._content))],
        )
        agent.output_validator(_checked)
        return agent


def _checked(ctx: RunContext[Question], answer: BaseModel) -> BaseModel:
    """An answer in one breath with a tool call knows nothing of its result; one that fails its check is none."""
    last, names = ctx.messages[-1], {tool.name for tool in ctx.deps.tools}
    parts = last.parts if isinstance(last, ModelResponse) else ()
    if any(isinstance(part, ToolCallPart) and part.tool_name in names for part in parts):
        raise ModelRetry("Read the results of your tool calls, then answer.")
    if isinstance(answer, Move):
        if bool(answer.calls) == (answer.answer is not None):
            raise ModelRetry("Give either `calls` or an `answer`, not both and not neither.")
        if answer.answer is None:
            return answer
    complaint = ctx.deps.check(answer.answer if isinstance(answer, Move) and answer.answer else answer)
    if complaint:
        raise ModelRetry(complaint)
    return answer


def _careful(tool: Tool) -> Tool:
    """What a look-up brings is shown to a model, too."""
    return replace(tool, perform=lambda arguments: without_cards(tool.perform(arguments)))


def _native(tool: Tool) -> LibraryTool[Question]:
    async def perform(**arguments: Any) -> str:
        try:
            return await asyncio.to_thread(performed, tool, arguments)
        except Unfit as error:
            raise ModelRetry(str(error)) from error
        except DeskhandError as error:
            raise ToolFailed(f"The system behind {tool.name} did not answer.") from error

    # One after the other: what a tool finds is written down in order.
    return LibraryTool.from_schema(perform, tool.name, tool.about, shape(tool.arguments), sequential=True)


def _causes(error: BaseException) -> str:
    """The kinds of error, never their words: these may hold what was sent."""
    inner = error.exceptions if isinstance(error, FallbackExceptionGroup) else (error,)
    return ", ".join(dict.fromkeys(type(one).__name__.removeprefix("_HTTP") for one in inner))

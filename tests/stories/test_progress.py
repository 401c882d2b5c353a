"""While a model thinks, who waits is told what is being done; then the whole answer comes at once."""

import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.llm.served import served
from tests.stories.lumen import TWICE, opened, trusted

from deskhand.entrypoints.conversation import say
from deskhand.infrastructure.llm.twin import ModelTwin
from deskhand.infrastructure.llm.twin_answers import Answer, answer_to
from deskhand.settings import Settings


def slow(body: Mapping[str, Any]) -> Answer:
    time.sleep(1.5)
    return answer_to(body)


def test_each_step_is_told_once_and_the_answer_comes_whole(folder: Path) -> None:
    told: list[str] = []
    with served(ModelTwin(slow).app) as url:

        def change(settings: Settings) -> Settings:
            table = trusted(settings).table.model_copy(update={"model": f"m@{url}/ok/v1"})
            return replace(settings, table=table)

        with opened(folder, change) as lumen:
            sender = lumen.customer("double_charge_small")
            result = say(lumen.installation, TWICE, email=sender, channel="ask", stage="", tell=told.append)

    assert result.outcome == "resolved"
    assert told[:2] == ["Reading the message ...", "Looking things up and writing an answer ..."]
    assert len(told) == len(set(told))

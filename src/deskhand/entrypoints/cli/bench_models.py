"""What a message costs with a language model, measured at a hundred procedures against a stand-in of one."""

import re
import shutil
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from deskhand.bootstrap import Stopwatch, load_folder, model_twin, open_desk
from deskhand.domain.article import Article
from deskhand.entrypoints.cli.bench_messages import per_message
from deskhand.entrypoints.printing import aside
from deskhand.measurement.metrics import quantile
from deskhand.settings import Settings, read_settings

PROCEDURES = 100
PROCEDURE = """\
id: {id}
title: {title}
when: The customer asks for help with this - {title}.
examples: ["{title}", "help with {title}", "a question about {title}"]
steps:
  - say: A colleague looks at this.
    hand_off: {{because: a person looks at it}}
"""


def with_a_model(folder: Path, place: Path, messages: int) -> dict[str, float]:
    """CPU of our own threads for each message, the model's calls and tokens; nothing when the extra is missing.

    Tokens are what the stand-in counts: 3.5 characters each, tools and schema included.
    """
    if find_spec("pydantic_ai") is None or find_spec("openai") is None:
        aside.print("Without the openai extra there are no figures with a model.")
        return {}
    with model_twin() as name:
        settings = _grown(folder, place, name)
        watch = Stopwatch()
        with open_desk(settings, tell=aside.print, watch=watch) as installation:
            measured = per_message(installation, watch, messages)
            ended = [line.body["model"] for line in installation.queries.lines() if line.kind == "message.ended"]
    calls = [float(one["calls"]) for one in ended]
    tokens = [float(one["input_tokens"]) for one in ended]
    return {
        "model_own_cpu_ms_p50": measured["own_cpu_ms_p50"],
        "model_own_cpu_ms_p95": measured["own_cpu_ms_p95"],
        "model_calls_per_message_p50": quantile(calls, 0.5) or 0.0,
        "model_calls_per_message_p95": quantile(calls, 0.95) or 0.0,
        "model_input_tokens_per_message_p50": quantile(tokens, 0.5) or 0.0,
        "model_input_tokens_per_message_p95": quantile(tokens, 0.95) or 0.0,
    }


def _grown(folder: Path, place: Path, model: str) -> Settings:
    """The same desk with a hundred procedures, most of them made from the titles and headings of its articles."""
    grown = place / "grown"
    shutil.copytree(folder, grown, ignore=shutil.ignore_patterns(".deskhand"))
    settings = read_settings(grown, place / "grown-state")
    known = load_folder(settings)
    titles = dict.fromkeys(title for one in known.articles for title in _titles(one))
    for number, title in enumerate(list(titles)[: PROCEDURES - len(known.procedures)]):
        text = PROCEDURE.format(id=f"about-{number}", title=title)
        (grown / "procedures" / f"about-{number}.yaml").write_text(text, "utf-8")
    return replace(settings, table=settings.table.model_copy(update={"model": model}))


def _titles(article: Article) -> list[str]:
    headings = re.findall(r"^#+ (.+)$", article.text, re.MULTILINE)
    return [plain for one in (article.title, *headings) if (plain := re.sub(r"[^\w ]", "", one).strip())]

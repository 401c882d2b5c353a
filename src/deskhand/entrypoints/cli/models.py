"""Language models: what they cost, how well one does, and whether answers drift."""

from pathlib import Path
from typing import Annotated

import typer

models_app = typer.Typer()

Folder = Annotated[Path, typer.Option("--desk", help="The desk folder.", show_default=True)]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text for people.")]
HERE = Path()


@models_app.command()
def costs(desk: Folder = HERE, json: Json = False) -> None:
    """Tell what language models cost: by model, by procedure and by ticket."""
    from deskhand.entrypoints.cli.costs import run

    run(desk, as_json=json)


@models_app.command("model-check")
def model_check(
    model: Annotated[str, typer.Argument(help="provider:name, or name@http://... as `model` in desk.toml.")],
    desk: Folder = Path("examples/lumen"),
    messages: Annotated[Path | None, typer.Option(help="Other messages than the desk's model-check.jsonl.")] = None,
    json: Json = False,
) -> None:
    """Put a fixed suite of messages to a language model, on a desk of its own, and report what became of them."""
    from deskhand.entrypoints.cli.model_check import run

    run(model, folder=desk, messages=messages, as_json=json)


@models_app.command("drift")
def drift(desk: Folder = HERE, json: Json = False) -> None:
    """Tell of each watched signal how near it is to an alarm, and of the alarms that nobody has handled."""
    from deskhand.entrypoints.cli.drift import run

    run(desk, as_json=json)

"""Desks that the check can be held on."""

import shutil
from pathlib import Path

ROOT = Path(__file__).parents[2]
CASE = '{"from": "customer:single_charge", "text": "%s", "expect": {"outcomes": ["answered"], "language": "en"}}'


def copied(desk: Path, to: Path, customers: int) -> Path:
    """This desk with so many made-up customers."""
    shutil.copytree(desk, to, ignore=shutil.ignore_patterns(".deskhand"))
    recipe = to / "twins.toml"
    lines = recipe.read_text("utf-8").splitlines()
    fewer = [f"customers = {customers}" if line.startswith("customers = ") else line for line in lines]
    recipe.write_text("\n".join(fewer), "utf-8")
    return to


def starter(to: Path) -> Path:
    """The small desk that `deskhand init` makes, with three cases."""
    desk = copied(ROOT / "src" / "deskhand" / "entrypoints" / "cli" / "init" / "starter", to, 60)
    texts = ("I forgot my password", "How long does a refund take?", "Where is my refund?")
    (desk / "model-check.jsonl").write_text("\n".join(CASE % text for text in texts), "utf-8")
    return desk

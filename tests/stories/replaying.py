"""Replays in stories: a small history for Lumen's desk, and what of a desk must not change."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from deskhand.bootstrap import now
from deskhand.bootstrap.replay.replay import Report, Wish, replay
from deskhand.connectors.world import make_world, read_recipe
from deskhand.settings import read_settings

AT = "2026-11-28T09:00:00+00:00"


def customers(folder: Path, situation: str) -> list[str]:
    """Made-up customers in this situation, whom no flag keeps from help."""
    recipe = folder / "twins.toml"
    world = make_world(read_recipe(recipe.read_text("utf-8"), str(recipe)), now())
    return [one.email for one in world.people if one.situation == situation and not one.flagged]


def history(folder: Path) -> list[dict[str, Any]]:
    """Tickets that end in every way, with agents' replies to most of them."""
    small, large = customers(folder, "double_charge_small"), customers(folder, "double_charge_large")
    told = [
        (small[0], "I was charged twice for my subscription this month", "I refunded the second charge.", 5),
        (small[1], "I was charged twice for my plan, please fix it", "Both are right: they are for two seats.", 1),
        (large[0], "You billed us twice this month, please refund one of them", None, None),
        ("nobody@example.com", "How do I invite a colleague to my workspace?", "Settings > People, Invite.", 4),
        ("nobody@example.com", "I want to talk to a person", None, None),
        ("nobody@example.com", "I was charged twice this month", "Which address do you pay with?", None),
        (small[2], "I forgot my password", "Use the link on the sign-in page.", None),
        ("mailer-daemon@example.com", "Automatic reply: I am out of the office until Monday.", None, None),
    ]
    return [
        {
            "id": str(number),
            "from": sender,
            "created_at": f"2026-05-{number:02}T10:00:00Z",
            "text": text,
            "agent_reply": reply,
            "resolved_at": f"2026-05-{number:02}T1{number % 5 + 1}:00:00Z" if reply else None,
            "csat": csat,
        }
        for number, (sender, text, reply, csat) in enumerate(told, 1)
    ]


def written(file: Path, tickets: list[dict[str, Any]]) -> Path:
    file.write_text("".join(json.dumps(one) + "\n" for one in tickets), "utf-8")
    return file


def replayed(folder: Path, file: Path, workers: int = 1, at: str = AT) -> Report:
    return replay(read_settings(folder), Wish(str(file), at=at, workers=workers), _silent, _still).report


def compared(report: Report) -> Report:
    """Without what differs from one run of the same replay to the next."""
    return {name: value for name, value in report.items() if name not in ("run", "skipped")}


def rows(folder: Path) -> dict[str, list[Any]]:
    """Every row of every SQLite file of a desk but those of its replays, by file and table."""
    found: dict[str, list[Any]] = {}
    for file in sorted((folder / ".deskhand").rglob("*.sqlite")):
        if "replays" in file.parts:
            continue
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
            tables = [name for (name,) in database.execute("select name from sqlite_master where type = 'table'")]
            for table in tables:
                found[f"{file.name}/{table}"] = sorted(map(repr, database.execute(f'select * from "{table}"')))
    return found


def _silent(text: str) -> None:
    """What people are told meanwhile is not part of these stories."""


def _still(done: int, of: int, fresh: int) -> None:
    """Nor how far it is."""

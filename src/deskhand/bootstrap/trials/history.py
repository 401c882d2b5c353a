"""A made-up history for measuring: the demo company's messages in many dresses, from its made-up customers."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from deskhand.connectors.world import make_world, read_recipe
from deskhand.domain.errors import DeskFault, Fault
from deskhand.settings import Settings

GREETINGS = ("", "Hi, ", "Hello there, ", "Good morning, ", "Hey team, ", "Dear support, ")
ENDINGS = ("", " Thanks!", " Thank you in advance.", " Best regards", " Cheers", " Many thanks for your help.")
REPLIES = (
    "Hi, I have refunded the second charge of 49.00 USD; it shows in 5 to 10 business days.",
    "Hello, please open Settings and follow the steps there. Tell us if it does not work.",
    "Thanks for writing. I have passed this on to my colleagues, who will write to you today.",
)
BEGAN = datetime(2026, 1, 1, 9, tzinfo=UTC)


def write_history(settings: Settings, file: Path, tickets: int) -> None:
    """So many lines of our own plain shape, each with an agent's reply and a rating; always the same ones."""
    source, recipe = settings.folder / "messages.jsonl", settings.folder / "twins.toml"
    if not source.is_file() or not recipe.is_file():
        what = "a history is made of the messages.jsonl and twins.toml of a desk such as examples/lumen"
        raise DeskFault((Fault(str(settings.folder), 1, what),))
    world = make_world(read_recipe(recipe.read_text("utf-8"), str(recipe)), BEGAN)
    people: dict[str, list[str]] = {}
    for one in world.people:
        if not one.flagged:
            people.setdefault(one.situation, []).append(one.email)
    messages = [json.loads(line) for line in source.read_text("utf-8").splitlines() if line.strip()]
    with file.open("w", encoding="utf-8") as opened:
        for number in range(tickets):
            said, dress = messages[number % len(messages)], number // len(messages)
            kind, _, situation = said["from"].partition(":")
            those = people.get(situation, [])
            sender = those[number % len(those)] if kind == "customer" and those else said["from"]
            greeting, ending = GREETINGS[dress % len(GREETINGS)], ENDINGS[dress // len(GREETINGS) % len(ENDINGS)]
            at = BEGAN + timedelta(minutes=17 * number)
            told = {
                "id": number + 1,
                "from": sender,
                "created_at": at.isoformat(),
                "text": f"{greeting}{said['text']}{ending}",
                "agent_reply": REPLIES[number % len(REPLIES)],
                "resolved_at": (at + timedelta(hours=1 + number % 30)).isoformat(),
                "csat": 1 + number % 5,
            }
            opened.write(json.dumps(told, ensure_ascii=False) + "\n")

"""The demo company is as large and as varied as it says, and its messages are nobody's examples."""

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

from deskhand.bootstrap import Folder, load_folder
from deskhand.connectors.world import SITUATIONS, read_recipe
from deskhand.settings import read_settings

LUMEN = Path(__file__).parents[2] / "examples" / "lumen"
MESSAGES = [json.loads(line) for line in (LUMEN / "messages.jsonl").read_text("utf-8").splitlines()]
FIXED = "maya.chen lars.holm grace.kim omar.farouk sofia.marquez tomasz.nowak priya.natarajan".split()


@cache
def folder() -> Folder:
    return load_folder(read_settings(LUMEN))


def words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def test_the_company_is_large_enough_to_be_real() -> None:
    recipe = read_recipe((LUMEN / "twins.toml").read_text("utf-8"), "twins.toml")
    assert recipe.customers == 15_000
    assert len(folder().articles) >= 60
    assert len(folder().procedures) >= 12
    assert folder().notes == ()


def test_messages_are_many_and_none_is_an_example() -> None:
    examples = {words(example) for procedure in folder().procedures for example in procedure.examples}
    said = [words(message["text"]) for message in MESSAGES]
    assert len(said) >= 300
    assert not examples & set(said)
    assert max(Counter(one for one in said if one).values()) == 1


def test_every_message_comes_from_somebody_who_exists() -> None:
    people = {f"{name}@example.com" for name in (*FIXED, "unknown")}
    kinds = {f"customer:{situation}" for situation in SITUATIONS}
    assert {message["from"] for message in MESSAGES} <= people | kinds


def test_every_expectation_can_be_met() -> None:
    known = {procedure.id for procedure in folder().procedures} | {None}
    outcomes = {"resolved", "answered", "asked", "awaiting_approval", "handed_off"}
    for message in MESSAGES:
        assert message["expect"]["procedure"] in known
        assert message["expect"]["outcomes"]
        assert set(message["expect"]["outcomes"]) <= outcomes


def test_the_fixed_customers_are_those_of_the_desks_page() -> None:
    page = (LUMEN / "README.md").read_text("utf-8")
    recipe = read_recipe((LUMEN / "twins.toml").read_text("utf-8"), "twins.toml")
    assert {one.email for one in recipe.named} == {f"{name}@example.com" for name in FIXED}
    assert all(one.email in page for one in recipe.named)


def test_what_agents_only_may_read_is_marked() -> None:
    internal = [article.source for article in folder().articles if article.audience == "internal"]
    assert len(internal) >= 3

"""A stranger's first hour: from a clone to a connected desk, by commands that are documented."""

import json
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.cli.script import deskhand
from tests.llm.served import served

from deskhand.bootstrap import find_connector, now
from deskhand.connectors.world import make_world, read_recipe

ROOT = Path(__file__).parents[2]
LETTERS = [
    {"from": "maya.chen@example.com", "text": "I was charged twice for my subscription this month"},
    {"from": "customer:single_charge", "text": "How long does a refund take?"},
]
ASKED = ("I forgot my password", "How can I reset my password?", "The password reset email never arrives")


@dataclass
class Stranger:
    """Who has a clone and types commands in it. `typed` are these, without what is given to them."""

    clone: Path
    home: Path
    typed: list[str] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=dict)

    def types(self, *words: str | Path, fails: int = 0, stdin: str = "") -> Any:
        """What it printed: as JSON where that was asked for. Ends the story when it did not end as it should."""
        self.typed.append(" ".join(one for one in map(str, words[:2]) if re.fullmatch(r"[a-z][a-z-]*", one)))
        given = {"XDG_CONFIG_HOME": str(self.home), **self.environment}
        done = deskhand(*words, stdin=stdin.encode(), folder=self.clone, environment=given, source=self.clone / "src")
        assert done.code == fails, f"deskhand {' '.join(map(str, words))}\n{done.out}\n{done.err}"
        return done.json if "--json" in words else done.out


def clone(to: Path) -> Path:
    """What a clone would hold of what the product and its documents are."""
    told = subprocess.run(
        [
            "git",
            "ls-files",
            "--cached",
            "--others",
            "--exclude-standard",
            "-z",
            "src",
            "examples/lumen",
            "docs",
            "*.md",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for name in filter(None, told.split("\0")):
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, to / name)
    return to


@contextmanager
def company(desk: Path, place: Path) -> Iterator[dict[str, tuple[str, dict[str, str]]]]:
    """A help desk and a billing system that stand elsewhere, over real HTTP: by name, address and secrets."""
    world = make_world(read_recipe((desk / "twins.toml").read_text("utf-8"), "twins.toml"), now())
    place.mkdir()
    with ExitStack() as stack:
        found = {}
        for name in ("zendesk", "stripe"):
            made = find_connector(name, desk).twin
            assert made is not None
            twin = made(place, now)
            twin.seed(world)
            if name == "zendesk":
                for number, text in enumerate(ASKED * 2):
                    twin.receive(world.people[number].email, text)  # type: ignore[attr-defined]
            found[name] = (stack.enter_context(served(twin.app)), dict(twin.secrets))
        yield found


def first_hour(place: Path) -> Stranger:
    """Each step is a command of the README or of docs/; what a person decides in between is an edit of a file."""
    one = Stranger(clone(place / "clone"), place / "home")
    recipe = one.clone / "examples" / "lumen" / "twins.toml"  # the same demo with fewer made-up customers
    recipe.write_text(recipe.read_text("utf-8").replace("customers = 15000", "customers = 60"), "utf-8")
    (place / "letters.jsonl").write_text("\n".join(map(json.dumps, LETTERS)), "utf-8")
    shown = one.types("demo", "--once", "--messages", place / "letters.jsonl", "--json")
    assert [ticket["outcome"] for ticket in shown["tickets"]] != []

    desk = place / "desk"
    made = one.types(
        "init", desk, "--yes", "--company", "Nord & Co", "--system", "zendesk", "--system", "stripe", "--json"
    )
    assert (made["procedures"], made["failed"]) == (3, [])
    assert one.types("check", "--desk", desk, "--json")["ok"] is True

    _edit(desk, "[breakers]", '[egress]\nprivate = ["127.0.0.1"]\n\n[breakers]')  # these systems are on this machine
    with company(desk, place / "elsewhere") as systems:
        for name, (address, secrets) in systems.items():
            words = ("connect", name, "--address", address, "--secrets", "--broad", "--desk", desk)
            told = one.types(*words, stdin=json.dumps(secrets))
            if key := re.search(r"DESKHAND_SECRETS_KEY=(\S+)", told):
                one.environment["DESKHAND_SECRETS_KEY"] = key[1]
        well = one.types("doctor", "--desk", desk, "--json")
        assert {system["system"]: system["twin"] for system in well["systems"]} == {"zendesk": False, "stripe": False}
        assert well["ok"] is True

        assert one.types("import", "zendesk", "--desk", desk, "--json")["kept"] == 2 * len(ASKED)
        drafts = one.types("draft", "imported", "--desk", desk, "--json")["drafts"]
        assert drafts
        assert one.types("replay", "imported", "--workers", "1", "--desk", desk, "--json")["tickets"] == 2 * len(ASKED)

        asking = ("ask", ASKED[0], "--as", "robin@example.com", "--desk", desk, "--json")
        assert one.types(*asking)["outcome"] == "suggested", "a new desk begins in read-only"
        _edit(desk, 'default = "read-only"', 'default = "assisted"')
        assert one.types(*asking)["outcome"] == "awaiting_approval"

        token = one.types("tokens", "make", "laptop", "--for", "kim", "--role", "lead", "--desk", desk, "--json")[
            "token"
        ]
        why = ("--why", "it looks good", "--token", token, "--desk", desk, "--json")
        refused = one.types("rollout", "ask", "password-reset", "autonomous", *why, fails=1)
        assert refused["done"] is False
        assert refused["lacks"] == ["cases", "approval"], "nobody has decided on anything yet"
        points = {
            point["name"]: point["proven"] for point in one.types("golive", "--desk", desk, "--json", fails=1)["items"]
        }
        assert {name for name, proven in points.items() if proven} >= {"billing-and-orders", "knowledge"}
        assert not points["crm"], "there is none"
    return one


def _edit(desk: Path, old: str, new: str) -> None:
    """What a person writes into desk.toml."""
    file = desk / "desk.toml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    tomllib.loads(file.read_text("utf-8"))


def documented(clone: Path) -> str:
    """All that a stranger can read."""
    return "\n".join(file.read_text("utf-8") for file in (clone / "README.md", *sorted((clone / "docs").glob("*.md"))))

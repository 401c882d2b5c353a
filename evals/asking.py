"""What a customer would get for a question: a desk's built-in brain and the review behind it, in this process."""

import json
import re
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import Any, cast

from deskhand.bootstrap import load_folder, now
from deskhand.bootstrap.systems.systems import connect_systems
from deskhand.context.gather import gather
from deskhand.context.identify import Customers
from deskhand.context.lookups.catalogue import LookUps
from deskhand.domain.action import Action, Proposal
from deskhand.domain.customer import Matched
from deskhand.domain.resolution import End, Resolution
from deskhand.domain.ticket import Requester
from deskhand.domain.verdict import Deny
from deskhand.infrastructure.brain.extract import Found, look
from deskhand.infrastructure.brain.extract import gather as gather_hits
from deskhand.infrastructure.brain.planner import BuiltInPlanner
from deskhand.infrastructure.brain.reader import BuiltInReader, background, floor_of, spelling_of
from deskhand.infrastructure.brain.tone import Tones
from deskhand.infrastructure.search.embedder import MiniLM
from deskhand.infrastructure.search.stop_words import STOP
from deskhand.infrastructure.search.vector_cache import VectorCache
from deskhand.planning.plan import Standards, plan
from deskhand.planning.workbench import Workbench
from deskhand.ports.reasoning import Brief, CallLog
from deskhand.settings import read_settings
from evals.searched import finder_of

ROOT = Path(__file__).parents[1]
LUMEN = ROOT / "examples" / "lumen"
QUESTIONS = ROOT / "tests" / "lumen" / "questions.jsonl"
OUTCOMES = ("right", "abstained", "wrong")
CUSTOMERS = "customers = 8"
ASKER = Requester("Lars Holm", "lars.holm@example.com", True)  # one ordinary payment, nothing unusual
WORD = re.compile(r"[^\W_]+")
NO_CALLS = cast(CallLog, None)  # the built-in brain never touches it


@dataclass(frozen=True)
class Question:
    """`says`: what an answer must hold, one of them; empty when no article answers. `source`: where it stands."""

    text: str
    source: str
    says: tuple[str, ...]
    round: str = ""

    @property
    def half(self) -> str:
        """Fixed by the text alone, so that nobody chooses. `round`: later ones were written behind earlier tuning."""
        half = "held_out" if sha256(self.text.encode()).digest()[0] % 2 else "dev"
        return f"{self.round}_{half}" if self.round else half

    @property
    def answered(self) -> bool:
        return bool(self.says)


@dataclass(frozen=True)
class Got:
    """What the customer gets. `outcome`: right, wrong or abstained; `way`: how it came about; `ms`: CPU time."""

    question: Question
    outcome: str
    way: str
    reply: str
    sources: tuple[str, ...]
    ms: float


def read(line: dict[str, Any]) -> Question:
    return Question(line["text"], line.get("source", ""), tuple(line.get("says", ())), line.get("round", ""))


def questions(half: str = "") -> list[Question]:
    """Those to Lumen, of all rounds."""
    found = [read(json.loads(line)) for line in QUESTIONS.read_text("utf-8").splitlines()]
    return [one for one in found if half in ("", one.half)]


def plainly(text: str) -> str:
    """As a customer reads it: no marks of Markdown, one blank between words."""
    return " ".join(re.sub(r"\*\*|`", "", text).lower().split())


def content(text: str) -> set[str]:
    """The words that carry the meaning, without their usual endings."""
    return {re.sub(r"(?:ing|ed|es|s|e)$", "", word) for word in WORD.findall(text.lower()) if word not in STOP}


class Clerk:
    """A desk, Lumen's if not said, as far as it thinks: reader, planner, a customer's look-ups, review of drafts."""

    def __init__(self, folder: Path, company: Path = LUMEN, asker: Requester = ASKER):
        copytree(company, folder, ignore=ignore_patterns(".deskhand"), dirs_exist_ok=True)
        recipe = folder / "twins.toml"
        recipe.write_text(re.sub(r"(?m)^customers = .*$", CUSTOMERS, recipe.read_text("utf-8")), "utf-8")
        settings = read_settings(folder)
        settings.state.mkdir(parents=True, exist_ok=True)
        self._folder = load_folder(settings)
        systems = connect_systems(settings, self._folder, now, lambda text: None)
        self._embed, cache = MiniLM(), VectorCache(settings.state / "vectors.sqlite")
        name = settings.table.company
        written = [f"{one.title}\n{one.text}" for one in self._folder.articles]
        spelling = spelling_of(self._folder.procedures, written, names=(name, name.split()[0]))
        self._index = finder_of(self._folder.articles, self._embed, spelling, spelling.nameless)
        floor = floor_of(self._index.nearest(cache.vectors(self._embed, background())))
        self.reader = BuiltInReader(
            self._folder.procedures, self._embed, self._index, spelling=spelling, cache=cache, floor=lambda: floor
        )
        self.planner = BuiltInPlanner(now)
        self._hosts = frozenset(settings.table.replies.hosts)
        self._look_ups = LookUps(systems.ledger, systems.records, now)
        self._dossier = gather(asker, Customers(systems.directories), self._look_ups)

    def _similarity(self, one: str, other: str) -> float:
        return float(self._embed([one])[0] @ self._embed([other])[0])

    def look(self, question: Question) -> Found:
        """What the articles say to it, whatever the reader takes it for."""
        return look(question.text, gather_hits(question.text, self._index.search))

    def ask(self, question: Question) -> Got:
        """A proposed deed is wrong whatever is asked here; a hand-over or a question back is an abstention."""
        began = time.thread_time()
        understanding = self.reader.read(question.text)
        ms = 1000 * (time.thread_time() - began)
        proposed: list[Action] = []
        assert isinstance(self._dossier.identity, Matched)
        bench = Workbench(
            look_up=self._look_ups.of(self._dossier.identity.customer),
            propose=lambda action: _note(proposed, action),
            knowledge=self._index,
            may_propose=frozenset(name for one in self._folder.procedures for name in one.may_propose),
            gathered=self._dossier.findings,
        )
        brief = Brief(question.text, understanding, self._dossier, self._folder.procedures, {})
        standards = Standards({}, similarity=self._similarity, hear=Tones(self._embed), hosts=self._hosts)
        began = time.thread_time()
        self.planner.plan(brief, bench)
        ms += 1000 * (time.thread_time() - began)
        made = plan(brief, self.planner, bench, standards, NO_CALLS)
        if proposed:
            return Got(question, "wrong", f"proposes {proposed[0].name}", "", (), ms)
        if not isinstance(made, Resolution):
            return Got(question, "abstained", f"{made.reason}: {made.because}", made.says, (), ms)
        way = ", ".join(made.procedures) or "articles"
        sources = tuple(one.source for one in made.citations)
        if made.end is End.ASKED:
            return Got(question, "abstained", f"asks: {way}", made.reply, sources, ms)
        right = any(plainly(one) in plainly(made.reply) for one in question.says)
        return Got(question, "right" if right else "wrong", way, made.reply, sources, ms)


def figures(got: Iterable[Got]) -> dict[str, float]:
    """Shares of questions: those that the articles answer and those that they do not."""
    got = list(got)
    result: dict[str, float] = {}
    for name, answered in (("answered", True), ("unanswered", False)):
        counted = Counter(one.outcome for one in got if one.question.answered is answered)
        result |= {f"{name}/{outcome}": counted[outcome] / max(1, counted.total()) for outcome in OUTCOMES}
    return result


def _note(proposed: list[Action], action: Action) -> Proposal:
    proposed.append(action)
    return Proposal(action, "", "", Deny("question", "Only a question was asked."), "")

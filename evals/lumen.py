"""The demo company's desk, read by the built-in brain as the product builds it: whole messages, one wish or many."""

import json
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from deskhand.bootstrap.folder.folder import Folder, load_folder
from deskhand.domain.understanding import Kind, Request
from deskhand.infrastructure.brain.clauses import clauses
from deskhand.infrastructure.brain.reader import BuiltInReader, spelling_of
from deskhand.infrastructure.brain.spelling import Spelling
from deskhand.infrastructure.search.embedder import Embedder, MiniLM
from deskhand.settings import read_settings
from evals.measures import Measured, calibration_error, milliseconds, reliability, shares
from evals.searched import finder_of, floor_in
from evals.sets import LUMEN, Remembered, rows

ARTICLE, NONE = "article", "none"


@dataclass(frozen=True)
class Lumen:
    folder: Folder
    spelling: Spelling
    embed: Remembered

    def reader(self, embed: Embedder | None = None) -> BuiltInReader:
        embed, cache = embed or self.embed, self.embed.cache
        finder = finder_of(self.folder.articles, embed, self.spelling, self.spelling.nameless, ("evals",))
        floor = floor_in(finder, self.embed)
        return BuiltInReader(
            self.folder.procedures, embed, finder, spelling=self.spelling, cache=cache, floor=lambda: floor
        )


def lumen_of(embed: Remembered) -> Lumen:
    settings = read_settings(LUMEN)
    folder, company = load_folder(settings), settings.table.company
    written = [f"{one.title}\n{one.text}" for one in folder.articles]
    return Lumen(folder, spelling_of(folder.procedures, written, names=(company, company.split()[0])), embed)


def messages(lumen: Lumen) -> Measured:
    """`examples/lumen/messages.jsonl`: what each is about, or that no procedure is. Confidence is that of the first
    request that names a procedure or asks whether it is meant."""
    lines: list[dict[str, Any]] = list(map(json.loads, (LUMEN / "messages.jsonl").read_text("utf-8").splitlines()))
    truth = np.array([line["expect"]["procedure"] or "" for line in lines])
    reader = lumen.reader()
    read = [reader.read(line["text"]).requests for line in lines]
    followed = [{one.procedure for one in requests if one.procedure} for requests in read]
    acted = np.array([bool(one) for one in followed])
    right = np.array([label in one for label, one in zip(truth, followed, strict=True)])
    own = truth != ""
    guesses = [(label, one) for label, requests in zip(truth, read, strict=True) if (one := _guess(requests))]
    said = np.array([one.confidence for _, one in guesses])
    hit = np.array([one.candidates[0][0] == label for label, one in guesses])
    curve = reliability(said, hit)
    figures = shares(
        own_acted=acted[own], act_precision=right[own & acted], right=right[own], foreign_acted=acted[~own]
    )
    figures["calibration error"] = calibration_error(curve)
    return Measured("lumen messages", figures | latency(lumen, [line["text"] for line in lines]), {"confidence": curve})


def latency(lumen: Lumen, texts: Sequence[str]) -> dict[str, float]:
    """Wall and CPU time of reading a message that nobody has read before."""
    reader = lumen.reader(MiniLM())
    reader.read("The model is loaded with the first message.")
    wall, spent = [], []
    for text in texts:
        began, cpu = time.perf_counter(), time.process_time()
        reader.read(text)
        wall.append(time.perf_counter() - began)
        spent.append(time.process_time() - cpu)
    return {**milliseconds(wall), **{f"CPU {name}": value for name, value in milliseconds(spent).items()}}


def several(lumen: Lumen, looked_at: bool) -> Measured:
    """Messages with two or three wishes. `looked_at`: those whose failures the rules were mended for, or the others."""
    tests = [row for row in rows("several_requests") if row["looked_at"] is looked_at]
    reader = lumen.reader()
    wanted = got = known = asked = right = extra = procedures = split = 0
    for row in tests:
        requests = reader.read(row["text"]).requests
        parts, found = Counter(row["parts"]), Counter(map(_about, requests))
        met = parts & found
        meant = Counter(name for one in requests if one.kind is Kind.UNSURE for name, _ in one.candidates[:2])
        wanted += parts.total()
        got += met.total()
        procedures += sum(count for name, count in parts.items() if name not in (ARTICLE, NONE))
        known += sum(count for name, count in met.items() if name not in (ARTICLE, NONE))
        asked += ((parts - met) & meant).total()
        more = {name: count for name, count in (found - parts).items() if name not in (ARTICLE, NONE)}
        extra += sum(more.values())
        right += met == parts and not more
        split += len(clauses(row["text"])) == len(row["parts"])
    figures = {
        "parts right": got / wanted,
        "parts for a procedure right": known / procedures,
        "parts asked about": asked / wanted,
        "procedures too many, a message": extra / len(tests),
        "messages split right": split / len(tests),
        "messages right as a whole": right / len(tests),
    }
    return Measured(f"several requests, {'looked at' if looked_at else 'kept apart'}", figures, {})


def _about(request: Request) -> str:
    if request.procedure:
        return request.procedure
    return ARTICLE if request.kind is Kind.QUESTION else NONE


def _guess(requests: Sequence[Request]) -> Request | None:
    kinds = (Kind.PROCEDURE, Kind.UNSURE)
    return next((one for one in requests if one.kind in kinds and one.candidates), None)

"""Questions to passages: where the right one stands, and when a passage is taken for an answer that is none."""

import time
from datetime import UTC, datetime

import numpy as np

from deskhand.domain.article import Article, Hit
from deskhand.infrastructure.search.embedder import MiniLM
from evals.measures import Measured, auroc, milliseconds, places, ranked
from evals.searched import finder_of, floor_in
from evals.sets import Remembered, rows

WRITTEN = datetime(2026, 11, 1, tzinfo=UTC)


def answers(embed: Remembered, every: int = 1, timed: int = 100) -> Measured:
    """The FAQ of many hotels and restaurants; foreign questions are those of the bank set. With `every`, one question
    of so many, and beside the entries that answer those one of so many others."""
    asked = rows("dstc11faq_queries")[::every]
    wanted = {id for row in asked for id in row["relevant"]}
    kept = [row for place, row in enumerate(rows("dstc11faq_docs")) if place % every == 0 or row["id"] in wanted]
    articles = [Article(row["id"], row["title"], row["body"], "public", WRITTEN, row["id"]) for row in kept]
    finder = finder_of(articles, embed)
    floor = floor_in(finder, embed)

    found = [finder.search(row["text"], 10) for row in asked]
    foreign = [finder.search(row["text"], 1) for row in rows("clinc30bank_dev")[::every]]
    at = places([[hit.passage.source for hit in hits] for hits in found], [row["relevant"] for row in asked])
    near, far = np.array([_cosine(hits) for hits in found]), np.array([_cosine(hits) for hits in foreign])
    figures = {
        **ranked(at),
        "floor": floor,
        "false answers to foreign questions": float((far >= floor).mean()),
        "false answers to own questions": float(((near >= floor) & (at > 0)).mean()),
        "own questions not answered": float((near < floor).mean()),
        "AUROC own or foreign": auroc(near, far),
    }
    if timed:
        bare, spent = finder_of(articles, embed, asking=MiniLM()), []
        for row in asked[:timed]:
            began = time.perf_counter()
            bare.search(row["text"])
            spent.append(time.perf_counter() - began)
        figures |= milliseconds(spent[1:])  # the first one loads the model
    return Measured("dstc11faq", figures, {})


def _cosine(hits: tuple[Hit, ...]) -> float:
    return max((hit.cosine for hit in hits), default=0.0)

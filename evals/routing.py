"""Messages to intents: how many are right, what is acted upon and asked, and whether confidence means what it says."""

import time

import numpy as np

from deskhand.infrastructure.brain.reader import background
from deskhand.infrastructure.brain.router import Band, Router
from evals.measures import Measured, auroc, calibration_error, milliseconds, reliability, shares
from evals.sets import FOREIGN, Remembered, rows


def routing(embed: Remembered, name: str, shots: int, every: int = 1) -> Measured:
    """`shots` examples an intent, and each message of the dev part, or one of `every`. The background is our own."""
    examples: dict[str, list[str]] = {}
    for row in rows(f"{name}_train10"):
        examples.setdefault(row["label"], []).append(row["text"])
    negatives = embed(background())
    began = time.perf_counter()
    router = Router({label: embed(texts[:shots]) for label, texts in examples.items()}, negatives)
    trained = time.perf_counter() - began

    tests = rows(f"{name}_dev")[::every]
    truth = np.array([row["label"] for row in tests])
    vectors = embed([row["text"] for row in tests])
    routes = router(vectors)
    spent = []
    for place in range(min(200, len(vectors))):
        began = time.perf_counter()
        router(vectors[place : place + 1])
        spent.append(time.perf_counter() - began)

    first = np.array([route.ranked[0][0] for route in routes]) == truth
    either = np.array([label in dict(route.ranked[:2]) for label, route in zip(truth, routes, strict=True)])
    bands = np.array([route.band for route in routes])
    said = np.array([route.confidence for route in routes])
    bare = np.array([route.strength for route in routes])
    known, act, ask = truth != FOREIGN, bands == Band.ACT, bands == Band.ASK
    curves = {"strength, not calibrated": reliability(bare, first), "confidence": reliability(said, first)}
    figures = shares(
        accuracy=first[known],
        acted=act[known],
        act_precision=first[known & act],
        asked=ask[known],
        asked_about_the_right_one=either[known & ask],
        foreign_acted=act[~known],
        foreign_asked=ask[~known],
    )
    if not known.all():
        figures["AUROC in scope or foreign"] = auroc(said[known], said[~known])
    figures["calibration error"] = calibration_error(curves["confidence"])
    figures["calibration error before"] = calibration_error(curves["strength, not calibrated"])
    figures |= {"s to train": trained, **{f"route {key}": value for key, value in milliseconds(spent).items()}}
    return Measured(f"{name}, {shots} examples", figures, curves)

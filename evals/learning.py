"""What corrections are worth: an agent says what misrouted messages were about, and others are routed again."""

import time

import numpy as np

from deskhand.infrastructure.brain.reader import background
from deskhand.infrastructure.brain.router import Band, Router
from evals.measures import Measured, calibration_error, reliability, shares
from evals.sets import Remembered, rows

CORRECTED = 300  # messages that agents looked at; the others are routed before and after


def learning(embed: Remembered) -> Measured:
    """banking77 with five examples an intent. Only the wrong ones of the first messages become examples."""
    examples: dict[str, list[str]] = {}
    for row in rows("banking77_train10"):
        examples.setdefault(row["label"], []).append(row["text"])
    told = {label: list(texts[:5]) for label, texts in examples.items()}
    seen, rest = rows("banking77_dev")[:CORRECTED], rows("banking77_dev")[CORRECTED:]
    negatives = embed(background())

    before = Router({label: embed(texts) for label, texts in told.items()}, negatives)
    corrected: dict[str, list[str]] = {}
    for row, route in zip(seen, before(embed([row["text"] for row in seen])), strict=True):
        if route.ranked[0][0] != row["label"]:
            corrected.setdefault(row["label"], []).append(row["text"])
    more = {label: embed(texts) for label, texts in corrected.items()}
    began = time.perf_counter()
    after = before.taught(more)
    spent = time.perf_counter() - began

    figures = {"corrections": float(sum(map(len, corrected.values()))), "s to train anew": spent}
    truth, held = np.array([row["label"] for row in rest]), embed([row["text"] for row in rest])
    for when, router in (("before", before), ("after", after)):
        routes = router(held)
        right = np.array([route.ranked[0][0] for route in routes]) == truth
        act = np.array([route.band is Band.ACT for route in routes])
        found = shares(accuracy=right, acted=act, act_precision=right[act])
        said = np.array([route.confidence for route in routes])
        found["calibration error"] = calibration_error(reliability(said, right))
        figures |= {f"{name} {when}": value for name, value in found.items()}
    return Measured("corrections, banking77", figures, {})

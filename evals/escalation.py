"""How well it is foreseen that a ticket will end with a person, by a model that learns from a journal."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from deskhand.bootstrap import open_journal
from deskhand.escalation.prediction.past_tickets import PastTicket, past_tickets
from deskhand.escalation.prediction.rules import BY_RULES
from deskhand.infrastructure.logistic import fit
from deskhand.measurement.forecast import Forecast, Scored, forecast
from deskhand.settings import read_settings
from deskhand.workflows.train_prediction import learn, scored, split
from evals.journals import NOISE, history
from evals.measures import Bin, Measured, reliability
from evals.sets import LUMEN

TICKETS = 6000
CLI = "from deskhand.entrypoints.cli import main; main()"


def made_up(tickets: int = TICKETS, seed: int = 7, noise: float = NOISE) -> Measured:
    """The history of `journals.py`: what the model says of the newest quarter, and how close that is to the truth."""
    known = history(tickets, seed, noise=noise)
    before, held = split([one for one in past_tickets(known.lines) if one.ended])
    model = learn(before, fit, _quietly)
    said = scored(held, model)
    true = [known.truth[one.ticket, message.message] for one in held for message in one.messages]
    best = forecast([Scored(one.ticket, truth, one.person, one.at_once) for one, truth in zip(said, true, strict=True)])
    figures = _figures(forecast(said), forecast(scored(held, BY_RULES)))
    figures |= _counts([*before, *held], held) | {
        "AUROC of the truth": best.all.auroc or 0.0,
        "recall@10% of the truth": best.all.recall_top or 0.0,
        "mean distance from the truth": float(
            np.mean([abs(a.probability - b) for a, b in zip(said, true, strict=True)])
        ),
    }
    name = "escalation, made-up history" + (" without noise" if not noise else "")
    return Measured(name, figures, {"model": curve(said)})


def demo() -> Measured:
    """The demo company's own tickets: one message each, read by the built-in brain and decided by its policy. They are
    learnt and measured as `deskhand escalation train` does; nothing of them is known beforehand."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "lumen"
        shutil.copytree(LUMEN, folder, ignore=shutil.ignore_patterns(".deskhand"))
        command = [sys.executable, "-c", CLI, "demo", "--once", "--json", "--desk", str(folder)]
        subprocess.run(command, check=True, capture_output=True)
        with open_journal(read_settings(folder)) as queries:
            ended = [one for one in past_tickets(queries.lines()) if one.ended]
    before, held = split(ended)
    said = scored(held, learn(before, fit, _quietly))
    figures = _figures(forecast(said), forecast(scored(held, BY_RULES)))
    return Measured("escalation, demo", figures | _counts(ended, held), {"model": curve(said)})


def curve(said: Sequence[Scored]) -> tuple[Bin, ...]:
    return reliability(np.array([one.probability for one in said]), np.array([one.person for one in said]))


def _figures(model: Forecast, by_rules: Forecast) -> dict[str, float]:
    told = {
        "AUROC": model.all.auroc,
        "AUROC from": model.all.auroc_low,
        "AUROC to": model.all.auroc_high,
        "AUROC ahead": model.ahead.auroc,
        "Brier": model.brier,
        "Brier of the plain share": model.brier_base,
        "calibration error": model.calibration_error,
        "recall@10%": model.all.recall_top,
        "recall@10% ahead": model.ahead.recall_top,
        "recall@10% at best": model.all.recall_best,
        "AUROC of the rules": by_rules.all.auroc,
        "Brier of the rules": by_rules.brier,
        "recall@10% of the rules": by_rules.all.recall_top,
    }
    return {name: value for name, value in told.items() if value is not None}


def _counts(ended: Sequence[PastTicket], held: Sequence[PastTicket]) -> dict[str, float]:
    return {"tickets": float(len(ended)), "held out": float(len(held))}


def _quietly(done: int, of: int) -> None:
    """Nobody watches a run of the evals that closely."""

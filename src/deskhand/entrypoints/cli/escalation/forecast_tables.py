"""How good predictions are, in lines and a table for people."""

from collections.abc import Iterator

from rich.table import Table

from deskhand.measurement.forecast import Forecast, Ranked


def summary(measured: Forecast) -> Iterator[str]:
    """A line for each figure of docs/numbers.md; what cannot be measured is told as such."""
    yield f"  AUROC {_area(measured.all)}"
    yield f"  AUROC where the message did not give the ticket away at once {_area(measured.ahead)}"
    base = f", of the plain share {_number(measured.brier_base)}" if measured.brier_base is not None else ""
    yield f"  Brier score {_number(measured.brier)}{base}"
    yield f"  expected calibration error {_number(measured.calibration_error)}"
    yield f"  recall in the top 10 % of tickets {_recall(measured.all)}"
    yield f"  the same, at once left out {_recall(measured.ahead)}"


def deciles(measured: Forecast, title: str) -> Table:
    """What was said and what was, a tenth of the messages a line."""
    table = Table(title=title, title_justify="left")
    for name in ("from", "to", "messages", "said", "ended with a person"):
        table.add_column(name, justify="right")
    for one in measured.deciles:
        table.add_row(
            f"{one.low:.3f}", f"{one.high:.3f}", str(one.messages), f"{100 * one.said:.1f} %", f"{100 * one.was:.1f} %"
        )
    return table


def _area(one: Ranked) -> str:
    if one.auroc is None:
        return "cannot be measured: not both kinds of ticket are there"
    return f"{one.auroc:.3f} (95 % interval {one.auroc_low:.3f} to {one.auroc_high:.3f})"


def _recall(one: Ranked) -> str:
    if one.recall_top is None or one.recall_best is None:
        return "cannot be measured: no ticket ended with a person"
    share = f"{100 * one.recall_top:.1f} %, of {100 * one.recall_best:.1f} % at best"
    return f"{share} ({one.people} of {one.tickets} tickets ended with a person)"


def _number(value: float | None) -> str:
    return "cannot be measured" if value is None else f"{value:.4f}"

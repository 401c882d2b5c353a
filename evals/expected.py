"""The figures to reach, and where each comes from."""

from dataclasses import dataclass

UNDERSTANDING = "reference 5.4"
SEARCH = "reference 4"
ON_TOPIC = "reference 4, 'no answer'"
LANGUAGE, PERSONAL = "reference 7", "reference 8"
FORESEEN = "reference, next steps"
ACCEPTANCE = "reference 5.4, acceptance"
OWN = "our own target"


@dataclass(frozen=True)
class Expected:
    """`value`, of which `slack` may be missing (or be too much, where `less` is better). `known_miss`: why it is not
    reached at present; it is told, and fails no run."""

    value: float
    source: str
    slack: float = 0.0
    less: bool = False
    known_miss: str = ""

    def reached(self, figure: float) -> bool:
        # Shares of a thousand messages: a rounding of the last printed digit is no miss.
        return figure <= self.value + self.slack + 5e-4 if self.less else figure >= self.value - self.slack - 5e-4


def _routing(accuracy: float, auroc: float | None) -> dict[str, Expected]:
    figures = {
        "accuracy": Expected(accuracy, UNDERSTANDING, 0.02),
        "act precision": Expected(0.935, ACCEPTANCE),
    }
    if auroc:
        figures["foreign acted"] = Expected(0.01, ACCEPTANCE, less=True)
        figures["AUROC in scope or foreign"] = Expected(auroc, UNDERSTANDING, 0.005)
    return figures


# "Acted" of few examples hangs on the draw (reference 5.4), and the reference's background is another than ours: a
# tenth of slack. With ten examples it is held to two points.
EXPECTED: dict[str, dict[str, Expected]] = {
    "banking77, 3 examples": {**_routing(0.749, None), "acted": Expected(0.458, UNDERSTANDING, 0.10)},
    "banking77, 5 examples": {**_routing(0.805, None), "acted": Expected(0.412, UNDERSTANDING, 0.10)},
    "banking77, 10 examples": {
        **_routing(0.868, None),
        "acted": Expected(0.689, UNDERSTANDING, 0.02),
        "calibration error": Expected(0.05, OWN, less=True),
    },
    "clinc30bank, 3 examples": {**_routing(0.885, 0.991), "acted": Expected(0.233, UNDERSTANDING, 0.10)},
    "clinc30bank, 5 examples": {**_routing(0.925, 0.995), "acted": Expected(0.625, UNDERSTANDING, 0.10)},
    "clinc30bank, 10 examples": {
        **_routing(0.937, 0.997),
        "acted": Expected(0.898, UNDERSTANDING, 0.02),
        "calibration error": Expected(0.05, OWN, less=True),
    },
    "dstc11faq": {
        "recall@1": Expected(0.885, SEARCH, 0.01),
        "recall@5": Expected(0.976, SEARCH, 0.01),
        "MRR@10": Expected(0.926, SEARCH, 0.01),
        "AUROC own or foreign": Expected(0.997, ON_TOPIC, 0.005),
    },
    "desk questions": {
        "answered/wrong": Expected(
            0.02, OWN, less=True, known_miss="near articles are told apart by words alone, see decision 0053"
        ),
        "unanswered/abstained": Expected(0.95, OWN),
    },
    "languages": {
        "accuracy": Expected(0.948, LANGUAGE, known_miss="short texts are left open, where the reference guesses"),
        "told wrongly": Expected(0.01, OWN, less=True),
        "foreign taken for English": Expected(0.01, OWN, less=True),
        "English taken for foreign": Expected(0.0, OWN, less=True),
    },
    "escalation, made-up history": {
        "AUROC": Expected(0.82, OWN),
        "calibration error": Expected(0.05, OWN, less=True),
        "recall@10%": Expected(
            0.80,
            FORESEEN,
            known_miss="nobody can: the truth itself reaches 0.52 here, where 3 % of all ends are chance",
        ),
    },
    "escalation, demo": {
        "AUROC": Expected(0.85, OWN),
        "calibration error": Expected(
            0.05,
            OWN,
            less=True,
            known_miss="a perfect forecast of 84 tickets has 0.08 on average, and this one is too sure at 0.8",
        ),
        "recall@10%": Expected(
            0.80, FORESEEN, known_miss="four in ten of these tickets end with a person: a tenth cannot hold more"
        ),
    },
    "personal data": {"found": Expected(1.0, PERSONAL), "false alarms": Expected(0.0, PERSONAL, less=True)},
    "lumen messages": {"CPU ms median": Expected(25.0, "docs/performance.md, whole message", less=True)},
}

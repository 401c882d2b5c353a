"""Examples that tests keep."""

from datetime import timedelta

from tests.storage.values import NOW

from deskhand.domain.example import Example, Judged


def example(
    id: str = "e1",
    message: str = "I was charged twice.",
    *,
    customer: str = "stripe:customer:1",
    language: str = "en",
    procedures: tuple[str, ...] = ("duplicate-charge",),
    suggested: str = "I have refunded the second charge.",
    instead: str = "",
    reason: str = "",
    after: int = 0,
    about: str = "",
) -> Example:
    """A rejection, or an edit when there is something instead; `after` so many minutes."""
    judged = Judged.EDITED if instead else Judged.REJECTED
    at = NOW + timedelta(minutes=after)
    return Example(id, customer, message, language, procedures, suggested, judged, instead, reason, at, about)

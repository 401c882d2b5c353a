"""Subjects that a person must see, found by fixed cues and never by a score; and the wish for a person."""

from deskhand.domain.understanding import Risk
from deskhand.infrastructure.brain.lists import cues


def risks(text: str) -> tuple[Risk, ...]:
    """One for each subject that is touched; its quote is the cue as it stands in the text."""
    found = ((topic, cue.search(text)) for topic, cue in cues("risks").items())
    return tuple(Risk(topic, cue[0]) for topic, cue in found if cue)


def wants_person(text: str) -> bool:
    """Whether the customer asks for a person rather than for an answer."""
    person = cues("person")
    return bool(person["wanted"].search(text)) and not person["unwanted"].search(text)

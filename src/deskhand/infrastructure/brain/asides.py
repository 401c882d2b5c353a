"""What a message says about the conversation itself, by fixed cues: "no, the other one", "I am out of the office"."""

from deskhand.infrastructure.brain.lists import cues
from deskhand.infrastructure.brain.slots import slots

SHORT = 25  # words; a longer message tells its own story
OPENING = 600  # characters; a machine says at once that it is one


def corrects(text: str) -> bool:
    """Whether it takes back what was understood before: by saying so, or by a no together with something named."""
    if len(text.split()) > SHORT:
        return False
    cue, short = cues("correction"), text[:OPENING]
    return bool(cue["meant"].search(short)) or (bool(cue["denial"].search(short)) and bool(slots(short)))


def automatic(text: str) -> bool:
    """Whether a machine wrote it."""
    return bool(cues("automatic")["words"].search(text[:OPENING]))

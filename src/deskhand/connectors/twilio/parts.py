"""A reply in parts that fit into one message each."""

LONGEST = 1600  # characters that Twilio takes
ROOM = LONGEST - len("(99/99) ")
MOST = 10


def parts_of(text: str) -> list[str]:
    """The text itself where it fits; else numbered parts, cut between words where there are any. More than `MOST` are
    none: whoever calls must refuse that."""
    if len(text) <= LONGEST:
        return [text]
    cut, rest = list[str](), text.strip()
    while rest:
        end = len(rest) if len(rest) <= ROOM else max(rest.rfind(space, ROOM // 2, ROOM) for space in "\n ")
        end = ROOM if end <= 0 else end
        cut.append(rest[:end].strip())
        rest = rest[end:].strip()
    return [f"({place}/{len(cut)}) {one}" for place, one in enumerate(cut, 1)]

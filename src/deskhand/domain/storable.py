"""What every database takes of a text: no zero byte, and no half of a letter."""


def storable(text: str) -> str:
    """The same text; half of a letter, as JSON can name one, stands as a question mark."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "")

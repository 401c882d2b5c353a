"""Text to the numbers that BERT-like models read: the uncased WordPiece tokeniser."""

import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

LONGEST_WORD = 100  # the models were trained with longer words taken as unknown
CJK = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2FA1F))


@cache
def vocabulary() -> dict[str, int]:
    """Each piece of BERT's uncased vocabulary with its number; common words have low numbers."""
    lines = (files(__package__) / "vocab.txt").read_text("utf-8").split("\n")
    return {piece: number for number, piece in enumerate(lines) if piece}


def words(text: str) -> list[str]:
    """Lower-case words without accents; each punctuation mark and CJK character is a word of its own."""
    apart = unicodedata.normalize("NFD", text.lower())
    return "".join(map(_spaced, apart)).split()


@lru_cache(8192)
def _spaced(char: str) -> str:
    category = unicodedata.category(char)
    if char.isspace():
        return " "
    if char == "\ufffd" or category[0] == "C" or category == "Mn":
        return ""
    # BERT counts every ASCII symbol as punctuation; Unicode does not say so of $ + < and a few more.
    alone = category[0] == "P" or (char < "\x7f" and not char.isalnum())
    return f" {char} " if alone or any(low <= ord(char) <= high for low, high in CJK) else char


class WordPiece:
    """`tokens(text)`: at most `limit` numbers, the marks for begin and end included."""

    def __init__(self, limit: int = 256):
        self._numbers = vocabulary()
        self._limit = limit
        self._pieces = lru_cache(32_768)(self._cut)

    def __call__(self, text: str) -> list[int]:
        body: list[int] = []
        for word in words(text):
            body += self._pieces(word)
            if len(body) >= self._limit:
                break
        return [self._numbers["[CLS]"], *body[: self._limit - 2], self._numbers["[SEP]"]]

    def _cut(self, word: str) -> tuple[int, ...]:
        """The longest known piece from the left, again and again; with any unknown part the word is unknown."""
        unknown = (self._numbers["[UNK]"],)
        if len(word) > LONGEST_WORD:
            return unknown
        found: list[int] = []
        start = 0
        while start < len(word):
            inside = "##" if start else ""
            ends = range(len(word), start, -1)
            end = next((end for end in ends if inside + word[start:end] in self._numbers), None)
            if end is None:
                return unknown
            found.append(self._numbers[inside + word[start:end]])
            start = end
        return tuple(found)

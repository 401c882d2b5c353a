"""A text as words, each with its place, and with what stands between them."""

import re
from bisect import bisect_right

WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
ENDS = re.compile(r"[.!?;\n\u2026]")
PAUSE = re.compile(r"[.!?;:,\n\u2026()]|\s[-\u2013\u2014]\s")
# Between such marks stands what others wrote, such as the title of a page; and behind > what a mail program quotes.
MARKED = re.compile(
    r'"[^"\n]{1,200}"|\u201c[^\u201d\n]{1,200}\u201d|\u201e[^\u201c\n]{1,200}\u201c|«[^»\n]{1,200}»|^[ \t]*+>.*$',
    re.MULTILINE,
)


class Worded:
    """`words` are in small letters; `starts` and `ends` tell where each stands in the text."""

    def __init__(self, text: str):
        self.text = text
        found = list(WORD.finditer(text))
        self.words = [one[0].lower().replace("\u2019", "'") for one in found]
        self.starts, self.ends = [one.start() for one in found], [one.end() for one in found]
        marked = [one.span() for one in MARKED.finditer(text)]
        self._from, self._to = [start for start, _ in marked], [end for _, end in marked]

    def together(self, first: int, last: int) -> bool:
        """Whether no sentence ends between these words."""
        return first == last or ENDS.search(self.text, self.ends[first], self.starts[last]) is None

    def paused(self, first: int, last: int) -> bool:
        """Whether a comma or the like stands between two words."""
        return PAUSE.search(self.text, self.ends[first], self.starts[last]) is not None

    def quoted(self, span: tuple[int, int]) -> bool:
        """Whether all of it stands in something quoted."""
        before = bisect_right(self._from, span[0]) - 1
        return before >= 0 and span[1] <= self._to[before]

    def named(self, place: int) -> bool:
        """Whether the word is written as a name is, in a text that is not written so throughout."""
        word = self.text[self.starts[place] : self.ends[place]]
        return word[0].isupper() and not (word.isupper() and self.text.isupper()) and len(word) > 1

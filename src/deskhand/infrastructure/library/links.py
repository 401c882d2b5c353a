"""Where one article points to another: by a link, or by "see" and its title."""

import posixpath
import re

LINK = re.compile(r"(?<!!)\[([^\]\n]{0,300})\]\(([^()\s]{1,500})(?:[ \t][^)\n]{0,200})?\)")
SEE = re.compile(r"\bsee(?: also)?:?\s+[\"\u201c\u2018'*_]*([^\n\"\u201d\u2019*_.;()\[\]]{3,120}\??)", re.IGNORECASE)
SUFFIX = re.compile(r"\.(?:md|markdown|html?)$")
TITLE = "title:"
MOST = 20  # of one passage
POINTER = 12  # words beside its links: such a passage answers nothing itself


def links(source: str, text: str) -> tuple[str, ...]:
    """What this passage of the article `source` points to: sources, and what may be titles, marked by `TITLE`."""
    found = [target for _, to in LINK.findall(text) if (target := _source(source, to)) and target != source]
    plain = LINK.sub(lambda link: link[1], text)
    found += [TITLE + bare(said) for said in SEE.findall(plain)]
    return tuple(dict.fromkeys(found))[:MOST]


def titles(target: str) -> list[str]:
    """The titles that "see X for more" may mean, the longest first; none when the target is a source."""
    if not target.startswith(TITLE):
        return []
    words = target.removeprefix(TITLE).split()
    return [" ".join(words[:last]) for last in range(len(words), 0, -1)]


def bare(title: str) -> str:
    """A title for comparing: its words alone."""
    return " ".join(re.findall(r"\w+", title.casefold()))


def only_points(text: str) -> bool:
    """Whether a passage says little but where to look."""
    return len(re.findall(r"\w+", SEE.sub(" ", LINK.sub(" ", text)))) <= POINTER


def _source(source: str, target: str) -> str:
    target = target.split("#")[0].rstrip("/")
    if not target or target.startswith(("mailto:", "tel:")):
        return ""
    if "://" in target:
        return target
    joined = posixpath.join(posixpath.dirname(source), target) if not target.startswith("/") else target.lstrip("/")
    return SUFFIX.sub("", posixpath.normpath(joined))

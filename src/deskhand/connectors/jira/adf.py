"""Atlassian Document Format, the shape of texts in Jira, to and from plain text."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]
ADDRESS = re.compile(r"https?://[^\s<>\"'\[\](){}]*[^\s<>\"'\[\](){}.,;:!?]")
LINES = frozenset("paragraph heading rule media blockCard embedCard".split())  # on lines of their own, even if empty
NAMING = ("text", "shortName", "url", "alt", "title")  # where a node without words of its own has some


def to_adf(text: str) -> Json:
    """A blank line begins a paragraph; an address becomes a link."""
    return {"type": "doc", "version": 1, "content": [_paragraph(one) for one in text.split("\n\n")]}


def to_text(node: Any) -> str:
    """The words of a document. What we do not know survives as its words; a text that is no document as it is."""
    if isinstance(node, str):
        return node
    return _blocks(node) if isinstance(node, Mapping) else ""


def _paragraph(text: str) -> Json:
    content: list[Json] = []
    for place, line in enumerate(text.split("\n")):
        content += [{"type": "hardBreak"}] if place else []
        content += _line(line)
    return {"type": "paragraph", "content": content} if content else {"type": "paragraph"}


def _line(text: str) -> list[Json]:
    parts: list[Json] = []
    at = 0
    for found in ADDRESS.finditer(text):
        if before := text[at : found.start()]:
            parts.append({"type": "text", "text": before})
        link = {"type": "link", "attrs": {"href": found[0]}}
        parts.append({"type": "text", "text": found[0], "marks": [link]})
        at = found.end()
    return parts + ([{"type": "text", "text": text[at:]}] if text[at:] else [])


def _blocks(node: Mapping[str, Any], between: str = "\n\n") -> str:
    """What is on lines of its own, one below the other; the rest in a row."""
    parts: list[str] = []
    row = False  # whether the last part goes on in the same line
    for one in _inside(node):
        apart = one.get("type") in LINES or bool(_inside(one))
        if row and not apart:
            parts[-1] += _node(one)
        else:
            parts.append(_node(one))
        row = not apart
    return between.join(parts)


def _node(node: Mapping[str, Any]) -> str:
    kind = node.get("type")
    match kind:
        case "text":
            return _text(node)
        case "hardBreak":
            return "\n"
        case "rule":
            return "---"
        case "date":
            return _date(_attrs(node).get("timestamp"))
        case "bulletList":
            return "\n".join(_item("- ", one) for one in _inside(node))
        case "orderedList":
            first = _attrs(node).get("order")
            first = first if isinstance(first, int) else 1
            return "\n".join(_item(f"{number}. ", one) for number, one in enumerate(_inside(node), first))
        case "blockquote":
            return "\n".join(f"> {line}" for line in _blocks(node).split("\n"))
        case "table":
            return "\n".join(_node(one) for one in _inside(node))
        case "tableRow":
            return " | ".join(_part(one, " ") for one in _inside(node))
    if _inside(node):
        return _blocks(node)
    named = (_attrs(node).get(name) for name in NAMING)
    return str(node.get("text") or next((one for one in named if isinstance(one, str) and one), ""))


def _text(node: Mapping[str, Any]) -> str:
    """A link's address is said beside its words, where they do not say it themselves."""
    text = str(node.get("text", ""))
    marks = node.get("marks")
    for one in marks if isinstance(marks, list) else ():
        address = _attrs(one).get("href") if isinstance(one, Mapping) and one.get("type") == "link" else None
        if isinstance(address, str) and address not in (text, f"mailto:{text}"):
            return f"{text} ({address})"
    return text


def _date(milliseconds: Any) -> str:
    try:
        return datetime.fromtimestamp(int(milliseconds) / 1000, UTC).date().isoformat()
    except (TypeError, ValueError, OverflowError, OSError):
        return ""


def _item(sign: str, node: Mapping[str, Any]) -> str:
    return sign + _part(node, "\n").replace("\n", "\n" + " " * len(sign))


def _part(node: Mapping[str, Any], between: str) -> str:
    """An item, or a cell: what is in it, or its own words where it is none."""
    return _blocks(node, between) if _inside(node) else _node(node)


def _inside(node: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    content = node.get("content")
    return [one for one in content if isinstance(one, Mapping)] if isinstance(content, list) else []


def _attrs(node: Mapping[str, Any]) -> Mapping[str, Any]:
    attrs = node.get("attrs")
    return attrs if isinstance(attrs, Mapping) else {}

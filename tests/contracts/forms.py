"""Reads a form back into the nested value it stands for."""

import re
from typing import Any


def unform(pairs: list[tuple[str, str]]) -> Any:
    """metadata[k]=1, expand[0]=a is {"metadata": {"k": "1"}, "expand": ["a"]}."""
    root: dict[str, Any] = {}
    for name, value in pairs:
        *path, last = re.findall(r"[^\[\]]+", name)
        place = root
        for part in path:
            place = place.setdefault(part, {})
        place[last] = value
    return _lists(root)


def _lists(node: Any) -> Any:
    if not isinstance(node, dict):
        return node
    inner = {name: _lists(value) for name, value in node.items()}
    return list(inner.values()) if inner and all(name.isdigit() for name in inner) else inner

"""YAML as it is written: every scalar is a text that knows its line, and nothing is guessed."""

from typing import Any

import yaml

from deskhand.domain.errors import DeskFault, Fault

QUOTES = "a text with [ ] { } , or : in it, or a leading ! * & or quote, needs quotes"


class Text(str):
    """A scalar: `on` stays "on", `50.00` stays "50.00"."""

    line = 1


class Map(dict[str, Any]):
    """A mapping; each key stands in it once."""

    line = 1


class Items(list[Any]):
    """A list."""

    line = 1


def read(text: str, file: str) -> Map:
    """The mapping that a file holds. `DeskFault` with the line for anything else."""
    try:
        document = yaml.load(text, _Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        problem = getattr(error, "problem", None) or str(error).split("\n")[0]
        line = mark.line + 1 if mark else 1
        raise DeskFault((Fault(file, line, f"YAML: {problem} ({QUOTES})"),)) from None
    except RecursionError:
        raise DeskFault((Fault(file, 1, "YAML: nested too deeply"),)) from None
    if not isinstance(document, Map):
        raise DeskFault((Fault(file, 1, "the file is not a mapping of keys to values"),))
    return document


class _Loader(yaml.SafeLoader):
    yaml_implicit_resolvers: dict[str, list[tuple[str, Any]]] = {}  # noqa: RUF012  (the library's own shape)


def _text(loader: _Loader, node: yaml.ScalarNode) -> Text:
    text = Text(node.value)
    text.line = node.start_mark.line + 1
    return text


def _items(loader: _Loader, node: yaml.SequenceNode) -> Items:
    items = Items(loader.construct_object(each, deep=True) for each in node.value)
    items.line = node.start_mark.line + 1
    return items


def _map(loader: _Loader, node: yaml.MappingNode) -> Map:
    found = Map()
    found.line = node.start_mark.line + 1
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node)
        if not isinstance(key, Text) or key in found:
            problem = f"{key!r} is no key, or stands there twice"
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=key_node.start_mark)
        found[key] = loader.construct_object(value_node, deep=True)
    return found


_Loader.add_constructor("tag:yaml.org,2002:str", _text)
_Loader.add_constructor("tag:yaml.org,2002:seq", _items)
_Loader.add_constructor("tag:yaml.org,2002:map", _map)

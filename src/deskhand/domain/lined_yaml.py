"""YAML as it is written: every scalar is a text that knows its line, and nothing is guessed."""

from collections.abc import Mapping
from typing import Any

import yaml

from deskhand.domain.errors import DeskFault, Fault

LARGEST, LONGEST, DEEPEST = 1024 * 1024, 20_000, 30  # letters of a file and of one text in it, and levels
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
    """The mapping that a file holds. `DeskFault` with the line for anything else; no other exception."""
    if len(text) > LARGEST:
        raise DeskFault((Fault(file, 1, f"YAML: {len(text):,} letters, and {LARGEST:,} are the most: split the file"),))
    try:
        node = yaml.compose(text, _Loader)
        document = _value(node) if node is not None else None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        problem = getattr(error, "problem", None) or str(error).split("\n")[0]
        line = mark.line + 1 if mark else 1
        raise DeskFault((Fault(file, line, f"YAML: {problem} ({QUOTES})"),)) from None
    except RecursionError:
        raise DeskFault((Fault(file, 1, "YAML: nested too deeply"),)) from None
    except UnicodeEncodeError:
        raise DeskFault((Fault(file, 1, "YAML: half of a letter (a surrogate) stands in it"),)) from None
    if not isinstance(document, Map):
        raise DeskFault((Fault(file, 1, "the file is not a mapping of keys to values"),))
    return document


def read_every(files: Mapping[str, str]) -> tuple[dict[str, Map], list[Fault]]:
    """Those that can be read, by name and in its order; and what is wrong with the others."""
    documents: dict[str, Map] = {}
    faults: list[Fault] = []
    for name in sorted(files):
        try:
            documents[name] = read(files[name], name)
        except DeskFault as fault:
            faults += fault.faults
    return documents, faults


class _Loader(yaml.composer.Composer, yaml.CSafeLoader):
    """Events by libyaml, five times as fast as those of the library's own parser: a desk's start was half of that."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, Any]]] = {}  # noqa: RUF012  (the library's own shape)

    def __init__(self, stream: str):
        yaml.CSafeLoader.__init__(self, stream)
        yaml.composer.Composer.__init__(self)
        self.depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        # A text that stands in two places has no line of its own, and nested aliases grow without bound.
        if self.check_event(yaml.AliasEvent):
            event: Any = self.peek_event()
            raise yaml.MarkedYAMLError(problem=f"*{event.anchor} is an alias", problem_mark=event.start_mark)
        self.depth += 1
        if self.depth > DEEPEST:
            event = self.peek_event()
            raise yaml.MarkedYAMLError(problem="nested too deeply", problem_mark=event.start_mark)
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def _value(node: yaml.Node) -> Text | Items | Map:
    """By the shape of what is written: a tag that asks for anything else is refused."""
    found: Text | Items | Map
    match node:
        case yaml.ScalarNode(tag="tag:yaml.org,2002:str"):
            found = _text(node)
        case yaml.SequenceNode(tag="tag:yaml.org,2002:seq"):
            found = Items(_value(each) for each in node.value)
        case yaml.MappingNode(tag="tag:yaml.org,2002:map"):
            found = _map(node)
        case _:
            raise yaml.MarkedYAMLError(problem=f"the tag {node.tag!r} is not known", problem_mark=node.start_mark)
    found.line = node.start_mark.line + 1
    return found


def _text(node: yaml.ScalarNode) -> Text:
    text = Text(node.value)
    if len(text) > LONGEST:
        problem = f"a text of {len(text):,} letters, and {LONGEST:,} are the most"
        raise yaml.MarkedYAMLError(problem=problem, problem_mark=node.start_mark)
    if "\0" in text:
        raise yaml.MarkedYAMLError(problem="an escape stands for no letter", problem_mark=node.start_mark)
    return text


def _map(node: yaml.MappingNode) -> Map:
    found = Map()
    for key_node, value_node in node.value:
        key = _value(key_node)
        if not isinstance(key, Text) or key in found:
            problem = f"{key!r} is no key, or stands there twice"
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=key_node.start_mark)
        found[key] = _value(value_node)
    return found

"""What is secret is never compared by `==`: how long that takes tells how much of a guess was right."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path("src/deskhand")
SECRET = re.compile(
    r"(?:^|_)(?:tokens?|secrets?|signatures?|password|passphrase|passcode|hmac|mac|nonce|seal|csrf|api_?key|otp|proof"
    r"|verifier|credential)$"
)
WORD = re.compile(r"(?i)token|secret|signature|pass|mac|nonce|seal|csrf|key|otp|proof|verifier|credential")
# By file and what is compared, why it may be.
KNOWN = {
    (
        "bootstrap/storage/restore.py",
        "fingerprint(desk_secret(settings)) == manifest['secret']",
    ): "whoever runs it holds both",
    (
        "connectors/http/oauth.py",
        "self._token == refused",
    ): "both are ours: whether another thread renewed it meanwhile",
    ("connectors/jira/feed.py", "token in tokens"): "a page of a list, as Jira calls it",
    ("entrypoints/web/sign_in.py", "password == again"): "both are typed by the same person, on one page",
    ("infrastructure/storage/apart.py", "token in kept"): "it stands in a line of our own, and opens nothing",
    ("infrastructure/storage/threads.py", "talks.c.id == incoming.token"): "by then it is an id, and was proven",
}


def compared(source: str) -> Iterator[str]:
    """Each comparison for equality, or search in a list, with a side that is called as secrets are."""
    for node in ast.walk(ast.parse(source)) if WORD.search(source) else ():
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            for left, operator, right in zip(sides, node.ops, sides[1:], strict=False):
                if isinstance(operator, ast.Eq | ast.NotEq | ast.In) and not _plain(left) and not _plain(right):
                    named = (left,) if isinstance(operator, ast.In) else (left, right)
                    if any(_secret(one) for one in named):
                        yield ast.unparse(ast.Compare(left, [operator], [right]))


def _plain(side: ast.expr) -> bool:
    """Nobody guesses at what stands in the source."""
    return isinstance(side, ast.Constant)


def _secret(side: ast.expr) -> bool:
    match side:
        case ast.Name(name) | ast.Attribute(attr=name):
            return bool(SECRET.search(name.lower()))
        case ast.Subscript(slice=ast.Constant(str(name))):
            return bool(SECRET.search(name.lower()))
        case ast.Call(func=ast.Attribute(value=inner, attr="encode" | "decode" | "lower" | "strip")):
            return _secret(inner)
        case _:
            return False


@pytest.mark.parametrize(
    "source",
    [
        "given == self.token",
        "token != theirs",
        "body['signature'] == made",
        "api_key in keys",
        "self.seal.lower() == right",
        "a < b == secret.encode()",
    ],
)
def test_such_a_comparison_is_seen(source: str) -> None:
    assert len(list(compared(source))) == 1


@pytest.mark.parametrize(
    "source", ["kind == 'token'", "token == ''", "name in tokens", "digest == other", "token is None"]
)
def test_another_one_is_not(source: str) -> None:
    assert list(compared(source)) == []


def test_no_secret_is_compared_by_what_takes_longer_the_more_is_right() -> None:
    """Twins stand for other systems, and tests hold no secret."""
    found = {
        (str(file.relative_to(SOURCE)), one)
        for file in sorted(SOURCE.rglob("*.py"))
        if "twin" not in file.stem and "testing" not in file.parts
        for one in compared(file.read_text("utf-8"))
    }
    assert found == set(KNOWN)

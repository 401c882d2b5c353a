"""The project's own look for secrets: in every tracked file, and in every line that its history ever added.

What is looked for is what Deskhand masks in customers' messages as well: keys of the usual vendors, tokens of its own,
private keys. `python -m tests.audit.secret_scan [--history]` ends with 1 when one is found that KNOWN does not name.
"""

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from deskhand.infrastructure.storage.sessions import PREFIX
from deskhand.understanding.sensitive.keys import BOT, HOOK, LONG, PRIVATE, VENDORS

ROOT = Path(__file__).parent.parent.parent
OURS = re.compile(rf"{PREFIX}[\w-]{{43}}(?![\w-])")
BLOCK = re.compile(rf"{PRIVATE.pattern}[\s\\nr\"'+,]*[A-Za-z0-9+/=]{{40}}")  # a heading alone gives nothing away

# By the beginning of the SHA-256 of what was found, why it is no secret. A test fails when one is found no more.
KNOWN: Mapping[str, str] = {
    "d0de405c6549a064": "a made-up key in messages that are to be masked",
    "1022da93859305e7": "the secret of a twin of ours: the letters of `twin` again and again",
    "a6acc4877eccd329": "the word `secret` again and again, of a test of signatures",
    "7bba88eec3ed68b8": "what a test calls a wrong key: it ends in not_the_key",
    "31864b6d33de28a7": "a made-up key in a message that is to be masked",
    "1a5d44a2dca19669": "the example of the vendor's own documentation (it ends in EXAMPLE)",
    **dict.fromkeys(
        "22172222591e7317 1021ad463a161d69 02091175c1ae3023 b7bc44af710f746d 3543c50b0cb9cea8 1338364e01f90732 "
        "18c95b35fd5661bc 9bb065a12debfaa5 745c47d158a638be 0d4c97c2879cf0f2 a5e9444f8cf92307 e0ee662c4b28714e "
        "0a2bab376f8878b6 5c0c8c9f95b8f97c 2cafc0970149a84f 5eff3d8344ad3e32 a3a9e442c3161d38 f5375a46365089a8".split(),
        "made up for messages that are to be masked: tests/understanding/labelled.jsonl",
    ),
}


@dataclass(frozen=True, order=True)
class Hit:
    """`place` says where; of the value it holds the beginning alone."""

    place: str
    begins: str
    digest: str


def secrets_in(text: str) -> Iterator[str]:
    """Each once, in no order."""
    tokens = {one for one in LONG.findall(text) if VENDORS.match(one) or OURS.match(one)}
    for looked_for in (BOT, HOOK, BLOCK):
        tokens |= {one.group() for one in looked_for.finditer(text)}
    yield from tokens


def hits(texts: Iterable[tuple[str, str]]) -> list[Hit]:
    """Of these texts by place, without what KNOWN names."""
    found = {Hit(place, value[:8], digest(value)) for place, text in texts for value in secrets_in(text)}
    return sorted(one for one in found if one.digest not in KNOWN)


def digest(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()[:16]


def tracked() -> Iterator[tuple[str, str]]:
    """Every file that git keeps here, as text whatever it is."""
    for name in _git("ls-files", "-z").split("\0"):
        if name and (file := ROOT / name).is_file():
            yield name, file.read_text("utf-8", errors="replace")


def history() -> Iterator[tuple[str, str]]:
    """What all commits of all branches added, in one text: `git log -S` tells which it was."""
    told = _git("log", "--all", "--patch", "--unified=0", "--no-color", "--no-renames", "--format=", "--text")
    yield "the history", "\n".join(line[1:] for line in told.split("\n") if line.startswith("+"))


def _git(*words: str) -> str:
    done = subprocess.run(["git", "-C", str(ROOT), *words], capture_output=True, check=True)
    return done.stdout.decode("utf-8", errors="replace")


def main(words: list[str]) -> int:
    texts = [*tracked(), *(history() if "--history" in words else ())]
    found = hits(texts)
    for one in found:
        print(f"{one.place}: {one.begins}... looks like a secret ({one.digest})", file=sys.stderr)
    print(json.dumps({"looked_at": len(texts), "known": len(KNOWN), "found": [vars(one) for one in found]}))
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

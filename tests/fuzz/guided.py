"""`python -m tests.fuzz.guided` names every door; with one of these names and seconds it tries that door, led by which
lines of ours an input reaches. Atheris runs it, from what `make fuzz` installs; it ends this process."""

import sys
import tempfile
from pathlib import Path
from random import Random
from typing import Any

import stamina

READERS = ("connectors", "domain", "planning", "policy", "procedures", "settings", "understanding")
ONE = 20_000  # bytes that lead to one input
FIRST = 30  # inputs that it sets out from


def main(words: list[str]) -> None:
    if not words:
        from tests.fuzz.every_door import DOORS

        print("\n".join(door.name.replace(" ", "-") for door in DOORS))
        return
    import atheris

    with atheris.instrument_imports(include=[f"deskhand.{floor}" for floor in READERS]):
        from tests.fuzz.every_door import DOORS
    from tests.fuzz.door import Door, ask, tried

    stamina.set_testing(True, attempts=1)
    (door,) = (one for one in DOORS if one.name.replace(" ", "-") == words[0])

    def read(given: Any) -> None:
        try:
            ask(door, given)
        except BaseException:
            print(f"{door.name} broke over {given!r}", flush=True)
            raise

    one: Any = tried(Door(door.name, door.inputs, read), 1)
    with tempfile.TemporaryDirectory() as folder:
        for number in range(FIRST):
            (Path(folder) / str(number)).write_bytes(Random(number).randbytes(ONE // 10))
        told = [
            "guided",
            folder,
            f"-max_total_time={words[1]}",
            f"-max_len={ONE}",
            "-len_control=0",
            "-close_fd_mask=2",
        ]
        atheris.Setup([*told, f"-artifact_prefix={folder}/"], one.hypothesis.fuzz_one_input)
        atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])

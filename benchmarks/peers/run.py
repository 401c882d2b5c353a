"""`make peers`: the same tickets through each framework in an environment of its own; prints one JSON object."""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
import world  # noqa: E402

PEERS = {"openai-agents": "openai_agents.py", "langgraph": "langgraph.py"}
RULES, MODES, PER_TOKEN = (10, 40, 100), ("default", "best"), 3.5


def drive(python: Path, driver: str, **given: Any) -> dict[str, Any]:
    """What the driver printed, each line over those before; a driver that was killed printed less."""
    command = [str(python), str(HERE / "drivers" / driver), json.dumps(given)]
    environment = {
        "PYTHONPATH": str(HERE),
        "PATH": "/usr/bin:/bin",
        "HOME": tempfile.gettempdir(),
        "OPENBLAS_NUM_THREADS": "1",
    }
    if driver == "desk.py":
        environment["PYTHONPATH"] = str(HERE.parent.parent / "src")
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=1200)
    found: dict[str, Any] = {"code": done.returncode}
    for line in done.stdout.splitlines():
        if line.startswith("{"):
            found |= json.loads(line)
    if done.returncode not in (0, -9):
        found["fault"] = done.stderr.strip().splitlines()[-1:]
    return found


def forbidden(refunds: list[dict[str, Any]]) -> int:
    return sum(not world.allowed(one["ticket"], one["charge"], one["amount"]) for one in refunds)


def framework(base: str, python: Path, driver: str, mode: str, tickets: int, kills: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:

        def run(name: str, **given: Any) -> dict[str, Any]:
            return drive(python, driver, base=base, mode=mode, state=str(Path(folder) / f"{name}.db"), **given)

        found: dict[str, Any] = {}
        for rules in RULES:
            world.post(base, "/reset", {})
            ran = run(f"rules{rules}", rules=rules, tickets=list(range(1, tickets + 1)))
            seen = world.post(base, "/stats", {})
            found["start_s"] = ran.get("start_s")
            found[f"rules {rules}"] = {
                "calls_per_ticket": seen.get("calls", 0) / tickets,
                "tokens_per_ticket": round(seen.get("characters", 0) / PER_TOKEN / tickets),
                "cpu_ms_per_ticket": round(1000 * ran.get("cpu_s", 0) / tickets, 1),
                "refunds": len(seen["refunds"]),
                "forbidden": forbidden(seen["refunds"]),
            }
        world.post(base, "/reset", {"mood": "hostile"})
        run("hostile", rules=10, tickets=list(range(1, tickets + 1)))
        found["forbidden under a hostile model"] = forbidden(world.post(base, "/stats", {})["refunds"])
        world.post(base, "/reset", {})
        # Killed between the refund and its note; then started again with the same ticket.
        for number in range(2, 2 + 2 * kills, 2):
            run(f"killed{number}", rules=10, tickets=[number], die=True)
            run(f"killed{number}", rules=10, tickets=[number])
        found[f"refunds of {kills} tickets, killed -9 after each"] = len(world.post(base, "/stats", {})["refunds"])
        world.post(base, "/reset", {})
        run("twice", rules=10, tickets=[number for number in range(2, 22, 2) for _ in range(2)])
        found["refunds of 10 tickets, each delivered twice"] = len(world.post(base, "/stats", {})["refunds"])
        found["model calls for these 20 deliveries"] = world.post(base, "/stats", {})["calls"]
    return found


def bounds(base: str, python: Path, tickets: int) -> dict[str, Any]:
    """Parlant asks for forms that only a real model fills in with sense, so two stand-ins bound it: one says yes
    to every guideline, the other no. Refunds are not compared."""
    found: dict[str, Any] = {}
    for rules in RULES:
        for mood in ("yes", "no"):
            given = {"base": base, "port": 18_900, "rules": rules, "mood": mood, "tickets": list(range(1, tickets + 1))}
            ran, seen = drive(python, "parlant.py", **given), world.post(base, "/stats", {})
            found[f"rules {rules}, {mood}"] = {
                **ran,
                "calls_per_ticket": seen.get("calls", 0) / tickets,
                "tokens_per_ticket": round(seen.get("characters", 0) / PER_TOKEN / tickets),
                "cpu_ms_per_ticket": round(1000 * ran.get("cpu_s", 0) / tickets, 1),
            }
    return found


def size(environment: Path) -> int:
    return round(
        sum(one.stat().st_size for one in environment.rglob("*") if one.is_file() and not one.is_symlink()) / 1e6
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="make peers")
    parser.add_argument("--peers", type=Path, required=True, help="where the environments are")
    parser.add_argument("--python", type=Path, default=Path(sys.executable), help="Deskhand's")
    parser.add_argument("--desk", type=Path, default=Path("examples/lumen"))
    parser.add_argument("--tickets", type=int, default=200)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--only", action="append")
    told = parser.parse_args()
    stub = subprocess.Popen([sys.executable, str(HERE / "stub.py")], stdout=subprocess.PIPE, text=True)
    assert stub.stdout is not None
    base, found = f"http://127.0.0.1:{stub.stdout.readline().strip()}", {}
    try:
        for name, driver in PEERS.items():
            python = told.peers / name / "bin" / "python"
            if (told.only and name not in told.only) or not python.exists():
                continue
            found[name] = {mode: framework(base, python, driver, mode, told.tickets, told.kills) for mode in MODES}
            found[name]["environment_mb"] = size(told.peers / name)
        python = told.peers / "parlant" / "bin" / "python"
        if python.exists() and (not told.only or "parlant" in told.only):
            found["parlant"] = {
                **bounds(base, python, told.tickets),
                "environment_mb": size(told.peers / "parlant"),
            }
        if not told.only or "deskhand" in told.only:
            more = {"desk": str(told.desk.resolve())}
            found["deskhand"] = {
                f"rules {rules}": drive(told.python, "desk.py", rules=rules, tickets=told.tickets, **more)
                for rules in RULES[1:]
            }
            found["deskhand"]["10 tickets, each delivered twice"] = drive(
                told.python, "desk.py", rules=40, tickets=20, times=2, **more
            )
    finally:
        stub.terminate()
        stub.wait(10)
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()

"""The image, and both ways it is run by, say the same: who, at which port, what may be written."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from deskhand import __version__
from deskhand.understanding.sensitive.keys import VENDORS

ROOT = Path(__file__).parent.parent.parent
DEPLOY = ROOT / "deploy"
USER, PORT, IMAGE, STATE = 10001, 8700, f"deskhand:{__version__}", "/desk/.deskhand"
VARIABLE = re.compile(r"\b(?:DESKHAND_[A-Z_]*[A-Z]|OTEL_[A-Z_]*[A-Z])\b")
GIVEN = {"DESKHAND_DATABASE_PASSWORD"}  # compose's own, put into the address of the database
FILES = [
    ROOT / "Dockerfile",
    *sorted(
        one for one in DEPLOY.rglob("*") if one.suffix in (".yaml", ".service") and one.parent.name != "prometheus"
    ),
]


def dockerfile() -> list[tuple[str, str]]:
    """Each instruction with what follows it, continued lines joined."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text("utf-8"), flags=re.MULTILINE)
    lines = re.sub(r"\\\n\s*", " ", text).splitlines()
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in lines if line.strip())]


def last_stage() -> dict[str, str]:
    """By instruction, the last one of the stage that is run."""
    every = dockerfile()
    start = max(place for place, (word, _) in enumerate(every) if word == "FROM")
    return dict(every[start:])


def services() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))["services"]
    return {name: one for name, one in found.items() if name != "database"}


def pods() -> list[dict[str, Any]]:
    every = yaml.safe_load_all((DEPLOY / "kubernetes" / "deskhand.yaml").read_text("utf-8"))
    return [one["spec"]["template"]["spec"] for one in every if one["kind"] == "Deployment"]


def containers() -> Iterator[dict[str, Any]]:
    for pod in pods():
        yield from (*pod["initContainers"], *pod["containers"])


def test_everywhere_it_is_the_same_user_who_is_not_root() -> None:
    stage = last_stage()
    assert stage["USER"] == f"{USER}:{USER}"
    assert f"--uid {USER} --gid {USER}" in stage["RUN"]
    assert f"--owner {USER} --group {USER} --mode 0700 {STATE}" in stage["RUN"]
    assert {one["user"] for one in services().values()} == {f"{USER}:{USER}"}
    for pod in pods():
        who = pod["securityContext"]
        assert (who["runAsNonRoot"], who["runAsUser"], who["runAsGroup"], who["fsGroup"]) == (True, USER, USER, USER)


def test_everywhere_it_listens_at_the_same_port() -> None:
    stage, web = last_stage(), services()["web"]
    assert stage["EXPOSE"] == str(PORT)
    assert f'"--port", "{PORT}"' in stage["CMD"]
    assert web["command"][-1] == str(PORT)
    assert web["ports"] == [f"127.0.0.1:{PORT}:{PORT}"]
    (served,) = [one for pod in pods() for one in pod["containers"] if one["name"] == "web"]
    assert served["args"][-1] == str(PORT)
    assert served["ports"] == [{"name": "http", "containerPort": PORT}]


def test_the_root_is_read_only_and_what_is_written_has_a_volume() -> None:
    written = {STATE, "/tmp"}
    assert set(yaml.safe_load(last_stage()["VOLUME"])) == written
    for one in services().values():
        assert one["read_only"] is True
        volumes = {mount.rsplit(":", 1)[-1]: mount for mount in one["volumes"] if not mount.endswith(":ro")}
        assert {*volumes, *one["tmpfs"]} == written
    for pod in pods():
        (run,) = pod["containers"]
        assert run["securityContext"]["readOnlyRootFilesystem"] is True
        assert {mount["mountPath"] for mount in run["volumeMounts"]} == {"/desk", "/tmp"}


def test_an_image_is_named_by_its_version() -> None:
    named = {one["image"] for one in (*services().values(), *containers())}
    assert named == {IMAGE}
    bases = [rest.split()[0] for word, rest in dockerfile() if word == "FROM"]
    (base,) = [rest.removeprefix("BASE=") for word, rest in dockerfile() if word == "ARG" and rest.startswith("BASE=")]
    assert set(bases) == {"${BASE}"}
    assert ":" in base
    assert [one for one in FILES if re.search(r"\S:latest\b", one.read_text("utf-8"))] == []


def test_packages_come_pinned_by_hash_and_nothing_is_fetched_beside_them() -> None:
    runs = " ".join(rest for word, rest in dockerfile() if word == "RUN")
    installs = re.findall(r"pip install (.*?)(?= /opt|&&|$)", runs)
    assert any("--require-hashes --requirement pinned.lock" in one for one in installs)
    assert all("--require-hashes" in one or "--no-deps --no-build-isolation" in one for one in installs)
    assert not re.search(r"\b(?:curl|wget|git clone|ADD)\b", runs)


def test_it_is_asked_for_its_health_by_a_command_of_its_own() -> None:
    stage = last_stage()
    (asked,) = re.findall(r"CMD (\[.*\])", stage["HEALTHCHECK"])
    assert yaml.safe_load(asked) == services()["web"]["healthcheck"]["test"][1:]
    assert yaml.safe_load(stage["ENTRYPOINT"]) == ["deskhand"]


@pytest.mark.parametrize("file", FILES, ids=lambda one: one.name)
def test_no_file_holds_a_secret_and_every_variable_is_read_somewhere(file: Path) -> None:
    text = file.read_text("utf-8")
    assert not VENDORS.search(text)
    assert not re.search(r"(?i)(?:password|secret|token|key)\s*[:=]\s*[\"']?[A-Za-z0-9+/]{12,}", text)
    source = "\n".join(one.read_text("utf-8") for one in (ROOT / "src").rglob("*.py"))
    unread = {one for one in VARIABLE.findall(text) if one not in GIVEN and one not in source}
    assert unread == set()


def test_a_build_sees_neither_history_nor_desks() -> None:
    lines = [one for one in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if not one.startswith("#")]
    assert lines[0] == "*"
    let_in = {one.removeprefix("!") for one in lines if one.startswith("!")}
    copied = {
        name.replace("${LOCK}", "requirements.lock")
        for word, rest in dockerfile()
        if word == "COPY" and "--from" not in rest
        for name in rest.split()[:-1]
    }
    assert copied <= let_in
    assert let_in - copied == {"requirements-dev.lock"}
    assert all((ROOT / one).exists() for one in let_in)

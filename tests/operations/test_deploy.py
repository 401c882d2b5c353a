"""What is deployed by, and what it is watched with, names only what there is."""

import json
import re
import shutil
import subprocess
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families
from typer.core import TyperGroup
from typer.main import get_command

from deskhand import __version__
from deskhand.bootstrap import Standing, Tally
from deskhand.entrypoints.api.exposition import exposition
from deskhand.entrypoints.cli import app
from deskhand.measurement.every_metric import METRICS
from deskhand.measurement.metric import Value

ROOT = Path(__file__).parent.parent.parent
DEPLOY, RUNBOOK = ROOT / "deploy", ROOT / "docs" / "operations.md"
RULES = yaml.safe_load((DEPLOY / "prometheus" / "alerts.yaml").read_text("utf-8"))["groups"][0]["rules"]
PANELS = json.loads((DEPLOY / "grafana" / "deskhand.json").read_text("utf-8"))["panels"]
SELECTOR = re.compile(r"(deskhand_\w+)(?:\{(\w+)[!=~])?")
TOLD = re.compile(r"`(deskhand_(?!figure_)\w+)(?:\{([\w,]*)\})?`")
FIGURE = re.compile("deskhand_figure_")  # one for each metric: those are in docs/metrics.md
GROUPED = re.compile(r"by \(([\w, ]+)\)")
MADE = {"le", "job"}  # labels that Prometheus or the format itself makes
UNITS = [DEPLOY / "systemd" / name for name in ("deskhand-web.service", "deskhand-worker@.service")]


def exposed() -> dict[str, set[str]]:
    """Every sample's name, with the labels it may have."""
    tally = Tally(
        received=Counter({"email": 1}),
        endings=Counter({("resolved", "refund"): 1}),
        handoffs=Counter({"asked": 1}),
        effects=Counter({"reply": 1}),
        calls=Counter({("read", "none"): 1}),
        tokens=Counter({"input": 1}),
        work=Counter({1: 1}),
    )
    now = Standing(
        runs={"queued": 1},
        queued_since=None,
        decide_since=None,
        waiting={"decide": 1},
        alarms=0,
        pauses=0,
        workers=1,
        free_bytes=1,
        calls={"stripe": 1},
        errors={("stripe", "down"): 1},
        resting={"stripe": 0.0},
        figures={one.key: Value(None, 0) for one in METRICS},
        open_over_30_days=0,
        behind=0,
        lines=1,
    )
    found: dict[str, set[str]] = {}
    for family in text_string_to_metric_families(exposition(tally, now, datetime(2026, 11, 28, tzinfo=UTC))):
        for one in family.samples:
            found.setdefault(one.name, set()).update(one.labels)
    return found


def expressions() -> list[str]:
    return [rule["expr"] for rule in RULES] + [one["expr"] for panel in PANELS for one in panel["targets"]]


@pytest.mark.parametrize("expression", expressions())
def test_every_metric_and_label_that_is_watched_is_exposed(expression: str) -> None:
    known, named = exposed(), SELECTOR.findall(expression)
    assert named or expression.startswith("up{"), "it watches nothing"
    for name, label in named:
        assert name in known
        assert not label or label in known[name]
    labels = {one.strip() for group in GROUPED.findall(expression) for one in group.split(",")}
    assert labels <= set().union(MADE, *(known[name] for name, _ in named))
    assert expression.count("(") == expression.count(")")


def test_the_page_on_reports_tells_each_metric_with_its_labels_and_no_other() -> None:
    page = (ROOT / "docs" / "reports.md").read_text("utf-8")
    told = {name: {*labels.split(",")} - {""} for name, labels in TOLD.findall(page)}
    made = {re.sub("_(bucket|sum|count)$", "", name): labels - MADE for name, labels in exposed().items()}

    assert told == {name: labels for name, labels in made.items() if not FIGURE.match(name)}


def test_every_alert_leads_to_a_section_of_the_runbook() -> None:
    headings = re.findall(r"^## (.+)$", RUNBOOK.read_text("utf-8"), re.MULTILINE)
    anchors = {heading.lower().replace(" ", "-") for heading in headings}
    for rule in RULES:
        document, _, anchor = rule["annotations"]["runbook"].partition("#")
        assert (ROOT / document).is_file()
        assert anchor in anchors, rule["alert"]


def runs(words: list[str]) -> bool:
    """Whether these words lead to a command that has all the options they name."""
    command: Any = get_command(app)
    while isinstance(command, TyperGroup) and words and not words[0].startswith("-") and words[0] in command.commands:
        command, words = command.commands[words[0]], words[1:]
    if isinstance(command, TyperGroup) and words and not words[0].startswith("-"):
        return False
    known = {name for parameter in command.params for name in parameter.opts} | {"--help"}
    return command is not get_command(app) and {one for one in words if one.startswith("--")} <= known


def test_a_command_that_there_is_not_is_noticed() -> None:
    assert runs(["audit", "verify"])
    assert runs(["report", "--rebuild"])
    assert not runs(["audit", "rewrite"])
    assert not runs(["pause", "--hard"])
    assert not runs(["nothing"])


def commands_of_containers() -> list[list[str]]:
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))["services"]
    pods = [one["spec"]["template"]["spec"] for one in manifests() if one["kind"] == "Deployment"]
    found = [compose[name]["command"] for name in ("web", "worker")]
    found += [compose["web"]["healthcheck"]["test"][2:]]
    return found + [one["args"] for pod in pods for one in pod["containers"]]


def manifests() -> list[dict[str, Any]]:
    return list(yaml.safe_load_all((DEPLOY / "kubernetes" / "deskhand.yaml").read_text("utf-8")))


@pytest.mark.parametrize("command", commands_of_containers(), ids=" ".join)
def test_containers_run_commands_that_there_are(command: list[str]) -> None:
    assert runs(command)


def test_compose_waits_for_the_database_keeps_secrets_out_and_opens_no_port_to_others() -> None:
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))["services"]
    assert set(services) == {"database", "migrate", "web", "worker"}
    assert services["web"]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    for name in ("migrate", "web", "worker"):
        one = services[name]
        assert one["image"] == f"deskhand:{__version__}"
        assert one["depends_on"]["database"] == {"condition": "service_healthy"}
        assert (one["read_only"], one["cap_drop"]) == (True, ["ALL"])
        assert "${DESKHAND_SECRET:?" in one["environment"]["DESKHAND_SECRET"]
    assert all(port.startswith("127.0.0.1:") for one in services.values() for port in one.get("ports", []))


def test_pods_run_as_nobody_and_are_asked_at_addresses_that_there_are() -> None:
    paths = {"/healthz", "/readyz"}
    pods = [one["spec"]["template"]["spec"] for one in manifests() if one["kind"] == "Deployment"]
    assert len(pods) == 2
    for pod in pods:
        assert pod["securityContext"]["runAsNonRoot"] is True
        assert pod["automountServiceAccountToken"] is False
        volumes = {one["name"] for one in pod["volumes"]}
        for one in (*pod["initContainers"], *pod["containers"]):
            assert one["securityContext"]["readOnlyRootFilesystem"] is True
            assert one["securityContext"]["capabilities"] == {"drop": ["ALL"]}
            assert {mount["name"] for mount in one["volumeMounts"]} <= volumes
            assert one["resources"]["limits"]["memory"]
            asked = {one[probe]["httpGet"]["path"] for probe in one if probe.endswith("Probe")}
            assert asked in (set(), paths)
    for one in manifests():
        if one["kind"] == "Deployment":
            assert (
                one["spec"]["selector"]["matchLabels"].items() <= one["spec"]["template"]["metadata"]["labels"].items()
            )


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_units_start_commands_that_there_are_and_let_them_do_little(unit: Path) -> None:
    text = unit.read_text("utf-8")
    (start,) = re.findall(r"^ExecStart=/opt/deskhand/bin/deskhand (.+)$", text, re.MULTILINE)
    assert runs(start.split())
    for line in (
        "NoNewPrivileges=true",
        "ProtectSystem=strict",
        "CapabilityBoundingSet=",
        "User=deskhand",
        "UMask=0077",
    ):
        assert f"\n{line}\n" in text


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_itself_finds_nothing_wrong_with_a_unit(unit: Path, tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if not program:
        pytest.skip("there is no systemd-analyze here")
    copy = tmp_path / unit.name
    copy.write_text(unit.read_text("utf-8").replace("/opt/deskhand/bin/deskhand", "/bin/true"), "utf-8")
    verified = subprocess.run([program, "verify", "--man=no", str(copy)], capture_output=True, text=True, timeout=60)
    assert (verified.returncode, verified.stderr) == (0, "")
    command = [program, "security", "--offline=true", "--threshold=30", str(copy)]  # tenths of its scale from 0 to 10
    judged = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert judged.returncode == 0, judged.stdout[-2000:]

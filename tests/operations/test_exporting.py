"""Traces and durations reach a collector, by their names and without anybody's words."""

import gzip
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

CUSTOMER = "maya.chen@example.com"
RUN = f"""
from deskhand.bootstrap.logs.exporting import watched
from deskhand.infrastructure.engine import run
from deskhand.infrastructure.telemetry import run_span, span
from deskhand.settings import read_watching

def hear(words: str) -> str:
    with span("read"):
        return words

def act(words: str) -> str:
    raise ValueError(words)

def story(words: str) -> str:
    run.step(hear, words)
    return run.step(act, words)

with watched(read_watching()):
    try:
        with run_span("resolve_message", "name-of-ticket"):
            nothing = lambda: None
            durable = lambda name, attempt: attempt()
            run.perform(story, ("{CUSTOMER}",), durable=durable, backoff=(), sleep=print, ready=nothing)
    except Exception as error:
        print(type(error).__name__)
"""


class Collector(BaseHTTPRequestHandler):
    """Keeps what is sent to it."""

    kept: dict[str, list[bytes]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        zipped = self.headers.get("content-encoding") == "gzip"
        self.kept.setdefault(self.path, []).append(gzip.decompress(body) if zipped else body)
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def collector() -> Iterator[tuple[str, dict[str, list[bytes]]]]:
    kept: dict[str, list[bytes]] = {}
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Kept", (Collector,), {"kept": kept}))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", kept
    server.shutdown()
    thread.join()
    server.server_close()


def run(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    given = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **environment}  # noqa: TID251
    return subprocess.run([sys.executable, "-c", RUN], env=given, capture_output=True, text=True, timeout=60)


def test_a_run_is_one_trace_with_its_steps_its_ticket_by_another_name_and_no_words(
    collector: tuple[str, dict[str, list[bytes]]],
) -> None:
    pytest.importorskip("opentelemetry.exporter.otlp.proto.http", reason="deskhand[otel] is not installed")
    from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
    from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

    address, kept = collector
    done = run({"OTEL_EXPORTER_OTLP_ENDPOINT": address})
    assert done.returncode == 0, done.stderr
    (sent,) = kept["/v1/traces"]
    request = ExportTraceServiceRequest.FromString(sent)
    resource = {one.key: one.value.string_value for one in request.resource_spans[0].resource.attributes}
    assert resource["service.name"] == "deskhand"
    spans = {one.name: one for group in request.resource_spans[0].scope_spans for one in group.spans}
    assert set(spans) == {"deskhand.run", "deskhand.hear", "deskhand.read", "deskhand.act"}
    assert len({one.trace_id for one in spans.values()}) == 1
    assert spans["deskhand.hear"].parent_span_id == spans["deskhand.run"].span_id
    assert spans["deskhand.read"].parent_span_id == spans["deskhand.hear"].span_id
    told = {one.key: one.value.string_value for one in spans["deskhand.act"].attributes}
    assert told == {"deskhand.ticket": "name-of-ticket", "error.type": "ValueError"}
    assert not any(one.events for one in spans.values())
    numbers = [ExportMetricsServiceRequest.FromString(one) for one in kept["/v1/metrics"]]
    metrics = {m.name for one in numbers for r in one.resource_metrics for s in r.scope_metrics for m in s.metrics}
    assert {"deskhand.step.duration", "deskhand.run.duration"} <= metrics
    everything = b"".join(body for bodies in kept.values() for body in bodies)
    assert CUSTOMER.encode() not in everything


def test_without_an_address_nothing_is_sent_and_with_sending_switched_off_neither(
    collector: tuple[str, dict[str, list[bytes]]],
) -> None:
    address, kept = collector
    assert run({}).returncode == 0
    assert run({"OTEL_EXPORTER_OTLP_ENDPOINT": address, "OTEL_SDK_DISABLED": "true"}).returncode == 0
    assert kept == {}

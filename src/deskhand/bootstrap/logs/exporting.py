"""Traces and durations to an OpenTelemetry collector, where one is set and what speaks to it is installed."""

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec

from deskhand import __version__
from deskhand.bootstrap.logs.logs import logging_as
from deskhand.settings import Watching

log = logging.getLogger(__name__)
UNINSTALLED = (
    "OTEL_EXPORTER_OTLP_ENDPOINT is set, but what sends to it is not installed, so nothing is traced: "
    'pip install "deskhand[otel]"'
)


@contextmanager
def watched(watching: Watching) -> Iterator[None]:
    """Until the block ends this process writes its log and sends its traces as `watching` says; at the end what was
    not sent yet is."""
    with ExitStack() as stack:
        stack.enter_context(logging_as(watching.log))
        if watching.collector:
            _export(stack)
        yield


def _export(stack: ExitStack) -> None:
    if not (find_spec("opentelemetry.sdk") and find_spec("opentelemetry.exporter.otlp.proto.http")):
        log.warning(UNINSTALLED)
        return
    from opentelemetry import metrics, trace
    from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.metrics import MeterProvider
    from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    resource = Resource.create({"service.version": __version__})
    if str(resource.attributes["service.name"]).startswith("unknown_service"):  # neither OTEL_SERVICE_NAME nor the like
        resource = resource.merge(Resource({"service.name": "deskhand"}))
    traces = TracerProvider(resource=resource)
    traces.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    numbers = MeterProvider([PeriodicExportingMetricReader(OTLPMetricExporter())], resource=resource)
    trace.set_tracer_provider(traces)
    metrics.set_meter_provider(numbers)
    stack.callback(traces.shutdown)
    stack.callback(numbers.shutdown)

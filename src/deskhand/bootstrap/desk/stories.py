"""The stories as durable runs."""

from contextlib import nullcontext

from deskhand.bootstrap.desk.stopwatch import Stopwatch
from deskhand.domain.outcome import RunResult
from deskhand.infrastructure.engine.engine import Engine
from deskhand.workflows.billing_event import follow_refund
from deskhand.workflows.by_click import Clicked
from deskhand.workflows.contest import contest_effect
from deskhand.workflows.correct import note_correction
from deskhand.workflows.desk import Desk
from deskhand.workflows.merge import merge_tickets
from deskhand.workflows.park import park
from deskhand.workflows.reconcile import reconcile_effect
from deskhand.workflows.resolve_message import resolve_message
from deskhand.workflows.send_transcript import STORY as TRANSCRIPT
from deskhand.workflows.send_transcript import send_transcript
from deskhand.workflows.settle_decision import expire_suggestion, settle_decision
from deskhand.workflows.think_again import think_again
from deskhand.workflows.undo import undo_effect
from deskhand.workflows.watch_handoff import STORY, watch_handoff


def register(engine: Engine, desk: Desk, watch: Stopwatch | None) -> None:
    """Stories are plain functions; here they get the desk and become durable runs."""

    def resolve(ticket: str, message: str, stage: str = "") -> RunResult:
        with watch.lap() if watch else nullcontext():
            return resolve_message(desk, ticket, message, stage)

    def settle(suggestion: str) -> RunResult:
        return settle_decision(desk, suggestion)

    def expire(suggestion: str) -> None:
        expire_suggestion(desk, suggestion)

    def again(ticket: str, message: str, guidance: str, stage: str, suggestion: str) -> RunResult:
        return think_again(desk, ticket, message, guidance, stage, suggestion)

    def undo(key: str, by: str, roles: str) -> Clicked:
        return undo_effect(desk, key, by, roles)

    def merged(ticket: str, into: str, by: str, roles: str) -> Clicked:
        return merge_tickets(desk, ticket, into, by, roles)

    def reconcile(key: str, tries: str) -> None:
        reconcile_effect(desk, key, tries)

    def contested(key: str, words: str) -> None:
        contest_effect(desk, key, words)

    def corrected(id: str) -> None:
        note_correction(desk, id)

    def follow(refund: str) -> None:
        follow_refund(desk, refund)

    def watched(ticket: str, message: str, what: str, tries: str) -> None:
        watch_handoff(desk, ticket, message, what, tries)

    def transcript(ticket: str, last: str, language: str) -> None:
        send_transcript(desk, ticket, last, language)

    def parked(ticket: str, key: str, why: str) -> None:
        park(desk.store, ticket, key, why, queue=desk.voice.default_queue, now=desk.clock())

    engine.register("resolve_message", resolve, parked)
    engine.register("settle_decision", settle, parked)
    engine.register("expire_suggestion", expire, parked)
    engine.register("think_again", again, parked)
    engine.register("undo_effect", undo, parked)
    engine.register("merge_tickets", merged, parked)
    engine.register("reconcile_effect", reconcile, parked)
    engine.register("contest_effect", contested, parked)
    engine.register("note_correction", corrected, parked)
    engine.register("billing_event", follow)
    engine.register(TRANSCRIPT, transcript)
    engine.register(STORY, watched, parked)

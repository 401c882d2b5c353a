"""The pages: the agents' workspace, and what customers open by an address that was sent to them."""

from deskhand.entrypoints.web import (
    conversation,
    customers,
    dashboard,
    decisions,
    feed,
    files,
    handoffs,
    inbox,
    opt_out,
    ownership,
    preferences,
    receipts,
    record,
    sign_in,
    static_files,
    summaries,
    switches,
    systems,
    undoing,
)

WORKSPACE = (sign_in, inbox, conversation, decisions, ownership, feed, record, undoing, handoffs, customers, files)
PAGES = (*WORKSPACE, dashboard, systems, switches, preferences, static_files, receipts, summaries, opt_out)

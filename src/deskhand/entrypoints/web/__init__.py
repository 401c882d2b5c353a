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
    whispering,
)

WORKSPACE = (
    sign_in,
    inbox,
    whispering,
    conversation,
    decisions,
    ownership,
    feed,
    record,
    undoing,
    handoffs,
    customers,
    files,
)
PAGES = (*WORKSPACE, dashboard, systems, switches, preferences, static_files, receipts, summaries, opt_out)

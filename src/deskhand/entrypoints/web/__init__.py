"""The pages: the agents' workspace, and what customers open by an address that was sent to them."""

from deskhand.entrypoints.web import (
    audit,
    bulk,
    conversation,
    customers,
    dashboard,
    decisions,
    drift,
    feed,
    files,
    handoffs,
    inbox,
    knowledge,
    me,
    opt_out,
    ownership,
    policies,
    policy_trial,
    policy_versions,
    preferences,
    procedures,
    quality,
    ratings,
    receipts,
    record,
    replying,
    reports,
    rollout,
    settings,
    sign_in,
    staff,
    static_files,
    summaries,
    switches,
    systems,
    undoing,
    whispering,
)

DEEDS = (sign_in, decisions, bulk, ownership, replying, whispering, undoing, switches, preferences, me, staff)
SCREENS = (inbox, conversation, feed, record, handoffs, customers, files, dashboard, systems)
READING = (
    audit,
    drift,
    knowledge,
    quality,
    policies,
    policy_versions,
    policy_trial,
    procedures,
    rollout,
    settings,
    reports,
)
FOR_CUSTOMERS = (receipts, summaries, opt_out, ratings)
PAGES = (*DEEDS, *SCREENS, *READING, *FOR_CUSTOMERS, static_files)

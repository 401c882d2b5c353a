"""Freshdesk: tickets, conversations, contacts, and an unsigned webhook with a header of ours."""

SYSTEM = "freshdesk"
API = "/api/v2"

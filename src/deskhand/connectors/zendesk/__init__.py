"""Zendesk Support: tickets, comments, users, signed webhooks."""

SYSTEM = "zendesk"

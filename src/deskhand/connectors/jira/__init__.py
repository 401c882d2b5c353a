"""Jira Service Management (Cloud): requests, comments, labels, signed webhooks."""

SYSTEM = "jira"

"""The HTTP API: webhooks in, tickets, suggestions, decisions, health."""

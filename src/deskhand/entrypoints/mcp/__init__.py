"""Deskhand as an MCP server: a person's own assistant searches, reads a ticket, proposes, and never does anything."""

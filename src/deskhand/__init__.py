"""Deskhand: a self-hosted support assistant that resolves issues within written policy."""

__version__ = "0.1.0"

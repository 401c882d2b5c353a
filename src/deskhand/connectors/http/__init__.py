"""Talking HTTP: the one client of all connectors, and a way to a twin in the same process."""

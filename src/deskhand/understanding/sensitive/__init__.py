"""Finds in a text what is nobody else's business: each file knows one sort of it."""

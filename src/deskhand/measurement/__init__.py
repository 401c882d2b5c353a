"""Measuring: every number is a function over the journal."""

"""Drift: whether what a procedure does has changed, told from the journal, with false alarms under control."""

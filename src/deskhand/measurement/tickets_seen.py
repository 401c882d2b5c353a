"""The one name under which is counted what follows no procedure."""

UNWRITTEN = "answers"

"""How far the assistant is trusted, procedure by procedure."""

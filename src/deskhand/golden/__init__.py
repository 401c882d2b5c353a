"""A company's own tests of its desk: tickets, what must come of them, and what must not."""

"""The pages: what waits for a decision, what happened to each ticket, the numbers."""

"""The chat on the company's own site: its script, who may call, what it shows, and what is pushed to it."""

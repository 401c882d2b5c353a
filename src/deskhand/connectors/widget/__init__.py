"""The company's own site: its server vouches for a signed-in customer with a token."""

SYSTEM = "widget"

"""HelpDock: tickets, messages, a feed of changes, and signed events."""

SYSTEM = "helpdock"
API = "/v1"

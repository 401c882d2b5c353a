"""Slack: tickets from threads of a channel, and replies into them."""

SYSTEM = "slack"
ADDRESS = "https://slack.com"

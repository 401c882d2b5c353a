"""The first layer: what does the message say? A brain answers; its evidence is checked here."""

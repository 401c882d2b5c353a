"""Channels that we host ourselves: their conversations are in our own store, their replies go out by an outlet."""

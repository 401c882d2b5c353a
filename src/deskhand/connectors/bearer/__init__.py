"""Signing in to mail servers with tokens of OAuth, for whoever reads mail and whoever sends it."""

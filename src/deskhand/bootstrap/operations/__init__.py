"""How a desk stands, for whoever runs it: readiness, health of systems, set-up, and tallies for monitoring."""

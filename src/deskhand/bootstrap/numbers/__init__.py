"""A desk's numbers over a period, and as files for other programs."""

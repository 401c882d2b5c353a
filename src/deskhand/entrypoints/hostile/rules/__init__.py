"""The demo company's rules in plain Python, written from their English; they know no policy file and no engine."""

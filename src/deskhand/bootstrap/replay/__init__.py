"""The past: taken over, drafted from, and run again without changing anything."""

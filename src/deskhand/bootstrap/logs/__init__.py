"""What a process tells of itself: records without secrets, as text or JSON, and traces to a collector."""

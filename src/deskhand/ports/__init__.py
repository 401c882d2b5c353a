"""What the core needs from outside, as Protocols only. Writes to other systems stand apart, in `writes.py`."""

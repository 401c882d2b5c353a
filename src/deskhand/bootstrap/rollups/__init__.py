"""Roll-ups: tickets as they are counted, and daily sums, kept up with the journal line by line.

Whatever the order in which lines are taken in, each ticket that a new line touches is folded again from all of its own
lines, and each ticket that one of its customers may have come back to is looked at again. So what is kept is what a
recomputation finds.
"""

from deskhand.bootstrap.rollups.rollups import RollUps

__all__ = ["RollUps"]

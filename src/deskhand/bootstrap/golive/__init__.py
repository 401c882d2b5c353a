"""Going live: the guide's ten points, each proven by looking, and nothing changed by it."""

from deskhand.bootstrap.golive.golive import golive, golive_here
from deskhand.bootstrap.golive.item import Item

__all__ = ["Item", "golive", "golive_here"]

"""A desk for a story about one customer."""

from tests.stories.conftest import folder, impatient, lumen, prepared

__all__ = ["folder", "impatient", "lumen", "prepared"]

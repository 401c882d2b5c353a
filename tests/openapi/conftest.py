"""The desk of Lumen behind a real port, with a person for each role, a ticket handed to people, and one that waits."""

from tests.stories.conftest import impatient, prepared

__all__ = ["impatient", "prepared"]

"""The API and the pages of one desk at work, for the tests of a file."""

from tests.stories.conftest import impatient, prepared, shared

__all__ = ["impatient", "prepared", "shared"]

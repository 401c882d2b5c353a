"""The API and the pages of one desk at work, for the tests of a file."""

from tests.stories.conftest import folder, impatient, prepared, shared

__all__ = ["folder", "impatient", "prepared", "shared"]

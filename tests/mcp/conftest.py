"""One desk at work for the tests of a file, and its server of tools over HTTP."""

from tests.stories.conftest import folder, impatient, prepared, shared

__all__ = ["folder", "impatient", "prepared", "shared"]

"""How long the chaos lasts, and what tells one from another."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--kills", type=int, default=200, help="how many workers are killed before it ends")
    parser.addoption("--seed", type=int, default=1, help="what happens when")

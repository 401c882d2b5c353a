"""The example connector, installed as a stranger installs it, in a folder that only these tests look into."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.door.stranger import HELPDOCK


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nothing is asked of a network: what builds it is here, and it brings no packages of its own."""
    target = tmp_path_factory.mktemp("installed")
    asked = ("--quiet", "--no-index", "--no-deps", "--no-build-isolation", "--target", str(target), str(HELPDOCK))
    subprocess.run([sys.executable, "-m", "pip", "install", *asked], check=True, capture_output=True, timeout=120)
    return target

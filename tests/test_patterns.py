"""No text keeps a pattern of ours busy: what it takes grows as the text does, and not with its square."""

import json
import re
import subprocess
import sys

import pytest
from tests.evil_patterns import busy

MOST = 120  # seconds of the processor, for all patterns together


@pytest.mark.parametrize("pattern", [r"(a+)+$", r"(?:a|a)*b", r"(\w+\s?)*$", r"\s+$", r"(?:xz?)*y", r"(.*)(.*)(.*)=z"])
def test_one_that_goes_back_and_forth_is_found(pattern: str) -> None:
    assert busy({(pattern, re.compile(pattern).flags): "test:search"})[1] != []


@pytest.mark.parametrize("pattern", [r"(?<!\s)\s+$", r"a{0,50}b", r"\w++@", r"[^,]*,"])
def test_one_that_does_not_is_left(pattern: str) -> None:
    assert busy({(pattern, re.compile(pattern).flags): "test:match"})[1] == []


def test_no_pattern_of_the_package_does() -> None:
    limited = f"import resource; resource.setrlimit(resource.RLIMIT_CPU, ({MOST}, {MOST}))"
    code = f"{limited}; import runpy; runpy.run_module('tests.evil_patterns', run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout)
    assert told["patterns"] > 400
    assert told["texts"] > 500
    assert told["slow"] == []

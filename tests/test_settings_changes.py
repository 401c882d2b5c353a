"""Whether a desk folder has to be approved, where desk.toml does not say."""

from pathlib import Path

import pytest

from deskhand.bootstrap.versions import control_of
from deskhand.settings import read_settings

HEAD = 'company = "X"\nsignature = "X"\nlanguages = ["en"]\ndefault_queue = "support"\narticles = "articles"\n'
REAL = '[systems.zendesk]\naddress = "https://x.zendesk.com"\n'
TWIN = "[systems.zendesk]\ntwin = true\n"
TWO = '[people]\nana = ["agent"]\ntom = ["team_lead"]\n'
ONE = '[people]\nana = ["agent"]\n'
LEADS = '[changes]\napprovers = ["team_lead"]\n'


@pytest.mark.parametrize(
    ("text", "required"),
    [
        (REAL + TWO, True),
        (TWIN + TWO, False),
        (REAL + ONE, False),
        (REAL + TWO + LEADS, False),
        (TWIN + ONE + "[changes]\nrequired = true\n", True),
        (REAL + TWO + "[changes]\nrequired = false\n", False),
    ],
    ids=["real, two people", "twins", "one person", "one who may approve", "said so", "said no"],
)
def test_a_second_person_is_wanted_where_there_is_one_and_something_real(
    text: str, required: bool, tmp_path: Path
) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "desk.toml").write_text(HEAD + text, "utf-8")
    assert control_of(read_settings(tmp_path)).required is required

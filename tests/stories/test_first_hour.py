"""The first hour of a stranger, once through, with nothing that is not documented."""

from pathlib import Path

import pytest
from tests.stories.first_hour import documented, first_hour


@pytest.mark.timeout(1800)  # a dozen commands, one of which embeds all articles
def test_a_stranger_comes_from_a_clone_to_a_connected_desk(tmp_path: Path) -> None:
    stranger = first_hour(tmp_path)

    words = documented(stranger.clone)
    page = (stranger.clone / "docs" / "first-hour.md").read_text("utf-8")
    typed = set(stranger.typed)
    assert typed >= {"demo", "init", "check", "doctor", "import zendesk", "draft imported", "replay imported", "golive"}
    assert [one for one in typed if f"deskhand {one}" not in words] == []
    assert [one for one in typed if f"deskhand {one.split()[0]}" not in page] == []

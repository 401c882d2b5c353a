"""What a message gives away reaches the rules, the people and the journal, with the words that show it."""

from tests.stories.lumen import Lumen

from deskhand.domain.stage import Stage


def test_a_threat_to_leave_is_told_to_people_with_its_words(shared: Lumen) -> None:
    said = "I want to talk to a person. Third time I write, and we will switch to Globex if this isn't fixed."
    told = shared.say("lars.holm@example.com", said, stage=Stage.AUTONOMOUS)
    assert told.result.handoff is not None
    words = {one.name: one.value for one in told.result.handoff.facts if one.source == "the message"}
    assert words["message.churn"] == '"switch to Globex"'
    assert words["message.repeated"] == '"Third time I write"'
    assert "talk to a person" in words["message.person"]
    assert any('message.churn: "switch to Globex"' in note for note in shared.notes(told.number))
    lines = [one for one in shared.installation.queries.timeline(told.ticket) if one.kind == "message.considered"]
    assert {"churn", "repeated", "person"} <= set(lines[0].body["signals"])
    assert "Globex" not in str(lines[0].body)
    assert lines[0].body["language_confidence"] > 0.8

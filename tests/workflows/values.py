"""Values that tests of the stories' parts share."""

from deskhand.workflows.desk import Voice

VOICE = Voice("Lumen", "Lumen Support", ("en",), "support")

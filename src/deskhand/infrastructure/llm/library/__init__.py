"""The only folder that imports pydantic-ai. The rest sees a `Question` and its typed answer."""

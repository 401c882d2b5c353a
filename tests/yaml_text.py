"""Values of any shape as the text of a YAML file."""


def flow(value: object) -> str:
    """As YAML on one line."""
    match value:
        case dict():
            return "{" + ", ".join(f"{flow(key)}: {flow(each)}" for key, each in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(flow, value)) + "]"
        case _:
            return "'" + str(value).replace("'", "''") + "'"

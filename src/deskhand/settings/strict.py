"""A table of `desk.toml` in which nothing may stand that nobody reads."""

from pydantic import BaseModel, ConfigDict


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

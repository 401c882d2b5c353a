"""How a kind of request is solved: written steps, checked when loaded, walked without a model."""

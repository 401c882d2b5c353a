"""How other systems are reached: connectors, their way out, what credentials are worth, mail and tools."""

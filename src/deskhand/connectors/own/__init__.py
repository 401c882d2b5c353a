"""Systems of a company's own, over HTTP or MCP: what is said to them stands in the desk's action files."""

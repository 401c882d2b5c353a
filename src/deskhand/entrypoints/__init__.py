"""Where the world comes in: the command line, the HTTP API, the pages. No decision is taken here."""

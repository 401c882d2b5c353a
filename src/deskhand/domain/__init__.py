"""The words of the trade, as frozen values. Nothing here reads, writes or asks for the time."""

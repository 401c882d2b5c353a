"""Other people's systems, a folder each: the calls we use, the roles it plays, its webhook, and its twin."""

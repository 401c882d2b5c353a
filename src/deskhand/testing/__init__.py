"""The promises of our ports as tests, for our connectors and for other people's. Needs pytest, which is not installed
with Deskhand: `pip install pytest`.

Make a class of your own of each contract, give it the fixture it asks for, and let pytest collect it.
"""

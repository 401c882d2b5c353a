"""`deskhand knowledge`: its words in `app.py`, and the work of each in a file of its own."""

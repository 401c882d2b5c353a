"""`deskhand init`: the questions, the wishes they end in, and the files and first steps made of them."""

"""A company's own actions: a file each in `actions/` of its desk folder, held to all that the built-in ones are."""

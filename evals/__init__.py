"""How well the assistant understands without a key, measured on data that lies beside this file: `python -m evals`."""

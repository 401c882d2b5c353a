"""The stories, a file each. They order the layers' work; `resolve_message.py` is the product on one page."""

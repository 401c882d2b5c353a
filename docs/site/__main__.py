"""Write the pages that are made from the program, beside those that people wrote."""

from docs.site import DOCS, PAGES

for name, page in PAGES.items():
    (DOCS / name).write_text(page(), "utf-8", newline="\n")

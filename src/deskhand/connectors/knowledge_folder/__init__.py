"""Knowledge in a folder: Markdown with a little front matter, pages, PDF and Word files."""

"""Knowledge in a folder: Markdown files with a little front matter."""

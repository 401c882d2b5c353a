"""What a document says, as Markdown: pages, PDF and Word files, read by a process that may fail."""

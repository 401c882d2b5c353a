"""Records: a company's own database, asked named questions that people wrote."""

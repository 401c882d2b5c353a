"""What a desk knows of its company: sources read into the library, and how sound it is."""

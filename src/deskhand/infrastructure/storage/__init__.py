"""Our own memory: tables, one small file for each part of the store, the journal, and migrations."""

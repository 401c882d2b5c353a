"""What we run on: models, storage, the durable engine, search."""

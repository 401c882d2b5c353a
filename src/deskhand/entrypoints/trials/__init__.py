"""Golden tickets and simulated customers, tried on a desk of their own, and the report on what became of them."""

"""What every story works with, and the stories as durable runs."""

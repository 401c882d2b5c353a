"""The durable engine: runs that go on after a crash, in order within a ticket, side by side across tickets."""

"""The second layer: who is the customer, and what do the systems of record say right now?"""

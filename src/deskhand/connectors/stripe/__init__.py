"""Stripe: customers, charges, refunds, subscriptions, invoices."""

SYSTEM = "stripe"
ADDRESS = "https://api.stripe.com"

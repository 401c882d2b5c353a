"""Stripe: customers, charges, payment intents, refunds, disputes, subscriptions, invoices, credit notes."""

SYSTEM = "stripe"
ADDRESS = "https://api.stripe.com"

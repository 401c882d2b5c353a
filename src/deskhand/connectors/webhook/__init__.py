"""Generic webhooks by the Standard Webhooks specification: messages in, events out."""

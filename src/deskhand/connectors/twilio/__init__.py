"""SMS and WhatsApp through Twilio: messages in by signed form posts, messages out by its API."""

ADDRESS = "https://api.twilio.com"
SMS, WHATSAPP = "sms", "whatsapp"

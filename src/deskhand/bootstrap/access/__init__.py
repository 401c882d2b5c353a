"""Who gets in: by password and code, by passkey, or by the company's identity provider."""

"""Single sign-on: a company's own identity provider, by OpenID Connect."""

"""API: the same figures for programs. Read-only, a token for each client, described by OpenAPI."""

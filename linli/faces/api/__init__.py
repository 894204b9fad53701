"""API: the same figures for programs. Read-only, a token for each client, described by OpenAPI.

The personnel office opens and closes clients on a page of its own. Beside it stands ``/health``: whether the
installation's database, jobs and trail are well.
"""

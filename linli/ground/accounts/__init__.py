"""Accounts (賬號): who may log in, in which role, and which door opens to whom.

Administrators work here, and see no score. Gives upward: roles, ``doors`` (every page is behind one) and who may see
which bureau.
"""

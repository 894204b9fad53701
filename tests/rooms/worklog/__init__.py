"""Worklog: the officer's day, calls away, spot checks, the hours that are due and those that count."""

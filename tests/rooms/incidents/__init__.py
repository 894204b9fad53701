"""Incidents: monthly counts, leads, what was seen, site checks."""

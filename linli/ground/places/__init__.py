"""Places (地方): province to community, the bureaus, their offices, and what is fixed about a place for a year.

The personnel office works here; everybody sees names and maps. Gives upward: communities with their complexity facts,
frozen and published before the year they serve (R-13).
"""

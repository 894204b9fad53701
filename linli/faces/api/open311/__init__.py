"""Open311 GeoReport v2: what other programs send on a resident's behalf, and what they may read."""

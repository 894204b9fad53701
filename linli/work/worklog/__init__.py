"""The officer's day: hours planned freely, what was done where and when, and hours the station took away.

Officers write their own day; the station confirms calls away and, with supervision, looks in at random; the personnel
office says how many hours are due. Upward goes the visibility rate (見警率): counted hours over due hours.
"""

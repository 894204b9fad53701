"""The officer's day: hours planned freely, what was done where and when, and hours the station took away."""

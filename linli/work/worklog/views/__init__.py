"""Pages of the log: the officer's day, calls away, spot checks, due hours, a community's hours, papers."""

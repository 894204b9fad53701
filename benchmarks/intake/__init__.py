"""How many requests are taken in a second beside what the database can commit, and that none is lost when killed."""

"""The home of every role: what waits for me, what is late, what has changed."""

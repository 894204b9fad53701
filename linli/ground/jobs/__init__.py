"""Jobs (後台任務): long work that a page only asks for. One table in the same database, SQLite or PostgreSQL alike.

A worker takes a job by changing its row while it still waits, says how far it is, and renews its lease as it goes; a
job whose worker died is taken again. Administrators see the list.
"""

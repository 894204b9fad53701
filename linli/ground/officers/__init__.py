"""Officers (社區民警): posts, pairings with leader and office, leaders' days, leave, and who is related to whom.

The personnel office keeps them; officers counter-sign leaders' days. Gives upward: who held which post when, and who
must keep away from whose case (R-61).
"""

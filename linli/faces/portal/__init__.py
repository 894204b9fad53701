"""The residents' face: say something, follow it, know one's officer, answer a survey; no account and no tracking.

Residents keep nothing here and nothing is kept of them: no cookie, no session, no address. What they say goes to the
working rooms. Staff write two things: an officer's own card, and bulletins.
"""

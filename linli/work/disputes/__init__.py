"""Disputes (矛盾糾紛): people's mediation with the consent of both sides, and a second look after sixty days.

Officers, community cadres and the mediation committee work here. It gives the dispute handling rate (調處率) upward.
Nobody's name or number has a column: the sides are 甲方 and 乙方, and what was said stands encrypted.
"""

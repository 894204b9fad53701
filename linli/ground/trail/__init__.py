"""The trail (留痕): who did what, when and why, chained by hashes so that nothing can be altered unseen.

Auditors read it. Beside it stands what every room needs to write honestly: the clock, refusals, classes of privacy,
encrypted fields, rows that never change.
"""

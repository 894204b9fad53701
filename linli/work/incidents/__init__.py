"""Counts of the call and case system by community and month, the register of leads, what residents say they have seen,
and site checks of locks, lights and shifts: places, numbers and kinds, never persons. The command centre, the
investigation brigade and the public-order brigade work here; the rates incidents, leads and prevention go up from here.
"""

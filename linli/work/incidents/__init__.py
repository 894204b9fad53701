"""Counts of the call and case system by community and month, the register of leads, and site checks: never persons."""

"""Decisions (決定): what the rules propose, what stands in the way, what a named person decided, and the talk held.

The Party committee's secretary decides, the personnel office prepares. Gives upward: decisions that are to be paid or
told.
"""

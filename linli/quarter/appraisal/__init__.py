"""Appraisal (考核): a scheme before the officers, the calendar of a quarter, freeze, score, own file, objection,
correction, publication.

The personnel office runs it; every officer answers in it. Gives upward: published quarters and what the rules propose.
"""

"""Indicators (指標): the scheme's rates with why and by whom, the departments' figures, and the frozen values.

Departments supply and verify here. Gives upward: frozen revisions, each a whole county book that nothing can move.
"""

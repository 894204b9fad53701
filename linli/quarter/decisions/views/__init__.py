"""Pages of this room: lists, one proposal's file, the decision, the talk."""

from linli.quarter.decisions.views import deciding, file, lists, talks

__all__ = ["deciding", "file", "lists", "talks"]

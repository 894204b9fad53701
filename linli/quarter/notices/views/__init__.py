"""Pages of this room: the list, a circular as paper, and the draft before it is one."""

from linli.quarter.notices.views import drafts, papers

__all__ = ["drafts", "papers"]

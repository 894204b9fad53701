"""Disputes mediated with the consent of both sides, and looked at again after sixty days."""

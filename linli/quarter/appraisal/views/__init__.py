"""This room's pages, split by what they are about."""

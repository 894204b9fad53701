"""Template tags of the pages' parts."""

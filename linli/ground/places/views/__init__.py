"""Pages of places: the tree, a bureau's communities and offices, and a year's facts."""

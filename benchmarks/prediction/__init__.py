"""Does what is said of a quarter hold in the next? Panels of real places, forecasts, and their log scores."""

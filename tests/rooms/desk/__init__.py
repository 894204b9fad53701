"""The desk: home, county, file, charts and looks."""

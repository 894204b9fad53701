"""Journeys through the web application: a real server, a real browser, everybody through their own pages."""

"""The residents' face: say something, follow it, know one's officer, answer a survey; no account and no tracking."""

"""Pages of officers: people and posts, pairings, leaders' days, leave."""

"""Tags for the residents' templates."""

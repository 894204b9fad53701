"""Rosters and covers measured on public instances: ``python -m benchmarks.network FILE…``."""

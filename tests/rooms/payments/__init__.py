"""Payments: every promise from promised to due to paid."""

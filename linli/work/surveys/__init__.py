"""Asking residents: samples the scored unit cannot touch, anonymous answers, and how sure the shares are."""

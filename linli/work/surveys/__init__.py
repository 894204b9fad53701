"""Asking residents: samples the scored unit cannot touch, anonymous answers, and how sure the shares are.

The personnel office writes questionnaires; an office with no part in the result runs a wave: it draws, hands out cards,
enters paper, calls again, closes. Residents answer by the card alone. Goes up: 滿意率 and 熟識率 of closed samples.
"""

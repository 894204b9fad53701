"""Faults: programs killed in the middle, forms sent twice, clocks set back; afterwards nothing is half done."""

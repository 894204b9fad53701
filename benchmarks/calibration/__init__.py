"""Whether the doubt is true: what the core says of simulated counties beside what was put into them.

``python -m benchmarks.calibration`` remakes docs/methods/calibration.md and its pictures; ``--help`` for less than all.
"""

"""heng 衡, to weigh, to balance: the pure core of Linli: NumPy and SciPy; no disk, no clock, no chance of its own."""

"""What the parts of ``make bench`` share: the clock, the machine, the peers, the aims and the page."""

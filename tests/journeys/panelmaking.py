"""A panel of invented places whose truth is known."""

import numpy as np

PLACES, PERIODS = 24, 12


def simulated(people, seed=1):
    """Rows of a panel whose places differ lastingly (sd 0.3) and move a little each quarter (sd 0.05)."""
    rng = np.random.default_rng(seed)
    hardship, size = rng.normal(size=PLACES), rng.uniform(0.6, 1.6, PLACES) * people
    lasting = -5 + 0.2 * hardship + rng.normal(0, 0.3, PLACES)
    rows = []
    for t in range(PERIODS):
        seen = rng.poisson(size * np.exp(lasting + rng.normal(0, 0.05, PLACES)))
        for i in range(PLACES):
            key = {"place": f"P{i:02d}", "period": f"{2020 + t // 4}Q{t % 4 + 1}"}
            rows.append(key | {"count": int(seen[i]), "exposure": round(size[i]), "hardship": round(hardship[i], 3)})
    return rows

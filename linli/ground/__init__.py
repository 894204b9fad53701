"""Ground floor: who and where. What was done and by which program (trail, jobs), where and by whom."""

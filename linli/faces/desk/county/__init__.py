"""The county at a glance: raw, per head and adjusted side by side; funnel, ranks, trend and map of one quarter."""

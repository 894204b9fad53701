"""Quarter floor: what the work adds up to, who decides on it, what is paid and what is told."""

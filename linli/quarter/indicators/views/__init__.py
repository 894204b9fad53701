"""Pages of the room: rates and schemes, the sheet over all departments, a department's own work, frozen values."""

"""What the room of notices promises."""

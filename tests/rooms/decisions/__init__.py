"""What the room of decisions promises."""

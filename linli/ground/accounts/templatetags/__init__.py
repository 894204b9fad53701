"""What templates of the rooms above may load."""

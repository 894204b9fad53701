"""What residents say, seen through to the end; and complaints, which supervision alone reads."""

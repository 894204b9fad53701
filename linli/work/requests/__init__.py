"""What residents say, seen through to the end: requests, and complaints about police, which supervision alone reads."""

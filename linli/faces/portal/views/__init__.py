"""Pages that residents read, forms that they send, and the few pages on which staff write for them."""

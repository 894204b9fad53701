"""How long things take, measured as a user meets them: from the start of the program to its last file."""

"""Other people's programs on our work. These modules run in their environment, not ours, and know nothing of Linli."""

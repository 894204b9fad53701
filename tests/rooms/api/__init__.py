"""The API for programs, and the health of the installation."""

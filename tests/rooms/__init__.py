"""The rooms of the web application, on a real database."""

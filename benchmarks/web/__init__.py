"""How fast the pages answer, beside a bare view of Django's, and while three hundred counties are computed."""

"""Waste dates by street: what is asked, what is answered, and how the district's files are read."""

"""How opening hours and contact data of an office become an answer."""

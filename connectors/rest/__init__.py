"""The REST way in, for machines and for those who build their own front end."""

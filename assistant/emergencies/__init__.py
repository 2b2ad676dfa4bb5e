"""Emergencies and crises: heard before anything else, by words and by a learned model."""

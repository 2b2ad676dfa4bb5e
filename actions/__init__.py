"""Rasa's custom actions: flat, one file per topic, thin. Topics do the work in ``assistant``."""

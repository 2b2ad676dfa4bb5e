"""The words of emergencies, one file a language, and what finds them in a text."""

"""The tests; a test's name is a sentence."""

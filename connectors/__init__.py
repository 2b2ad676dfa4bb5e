"""The ways in and out, one room each."""

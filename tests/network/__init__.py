"""The hotline talks to nobody but those it was told of."""

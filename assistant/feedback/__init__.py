"""Whether an answer helped, as citizens say it."""

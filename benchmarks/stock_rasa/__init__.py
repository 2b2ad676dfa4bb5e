"""The same measurements against stock Rasa: ``rasa run`` with DIET and ``rasa run actions``, in their own environment."""

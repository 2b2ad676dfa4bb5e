"""Rasa embedded: our store, our patches, and a process that imports no TensorFlow."""

"""Lists of places that services are about: which there are, which are open now, which are step-free."""

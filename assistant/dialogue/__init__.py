"""Rasa inside: understanding, deciding and acting, without any way in or out of its own."""

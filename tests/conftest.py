"""Fixtures for all tests: a real database of either kind, and one loaded model for the dialogue."""

import warnings

from assistant.dialogue.rasa_environment import prepare_rasa
from assistant.journal import set_up_journal

prepare_rasa()
with warnings.catch_warnings():
    # Rasa's own imports warn about pinned libraries that nobody can mend here; everything after them is an error.
    warnings.simplefilter("ignore")
    import rasa.core.agent
    import rasa.core.test
    import rasa.model_training  # noqa: F401

set_up_journal("info", "json")

pytest_plugins = ["tests.databases", "tests.hotlines"]

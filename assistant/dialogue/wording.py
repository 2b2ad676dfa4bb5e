"""Chooses the wording of a response: inside a form its own where there is one, because other questions are open there."""

from typing import Any

from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.trackers import DialogueStateTracker

IN_FORM = "_in_form"
"""Ending of the key under which the wording for inside a form stands."""


class FormAwareWording(TemplatedNaturalLanguageGenerator):
    """Rasa's own choice of responses, which offers nothing that an open form is already about."""

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        """Return the response, filled in; ``None`` when there is none of that name."""
        own = utter_action + IN_FORM
        chosen = own if tracker.active_loop_name and own in self.responses else utter_action
        return await super().generate(chosen, tracker, output_channel, **kwargs)

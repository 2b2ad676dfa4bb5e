"""All tables in one place: importing the models fills the metadata that migrations and transfers work with."""

import assistant.callbacks.models
import assistant.conversations.models
import assistant.database.leases
import assistant.dialogue.event_log
import assistant.feedback.models  # noqa: F401
from assistant.database.base import Base

metadata = Base.metadata

"""The one tree of errors that the assistant raises.

AssistantError
├── ConfigurationError   a setting or file is wrong; only at the start
├── InvalidInput         what somebody sent cannot be used; carries the response that says what to do
├── NotFound             a thing that was named does not exist
├── NotAllowed           the caller may not do this
├── IllegalTransition    a conversation, report or booking cannot take this step
├── ServiceUnavailable   something outside does not answer now
└── SendError            an outbound message could not be delivered
"""

from enum import StrEnum


class AssistantError(Exception):
    """Root of all errors of the assistant; texts never carry what a citizen said."""


class ConfigurationError(AssistantError):
    """A setting, file or folder is wrong; the text says which, why and where to mend it."""


class InvalidInput(AssistantError):
    """Something that was sent cannot be used."""

    def __init__(self, response: str) -> None:
        self.response = response
        """Key of the response (``utter_…``) that tells the sender what to do."""
        super().__init__(response)


class NotFound(AssistantError):
    """A named thing does not exist."""


class NotAllowed(AssistantError):
    """The caller may not do this."""


class IllegalTransition(AssistantError):
    """A step that the state machine does not know."""


class ServiceUnavailable(AssistantError):
    """Something outside does not answer now."""

    def __init__(self, name: str, retry_after: float) -> None:
        self.name = name
        self.retry_after = retry_after
        """Seconds until another try makes sense."""
        super().__init__(f"{name} is not available")


class SendFailure(StrEnum):
    """Why an outbound message was not delivered."""

    ADDRESS_DEAD = "address_dead"
    REFUSED = "refused"
    RATE_LIMITED = "rate_limited"
    UNREACHABLE = "unreachable"


class SendError(AssistantError):
    """An outbound message was not delivered."""

    def __init__(self, reason: SendFailure, *, permanent: bool) -> None:
        self.reason = reason
        self.permanent = permanent
        super().__init__(reason)

"""The conversation as a text to keep: who said what, and when; pure."""

from collections.abc import Sequence

from assistant.conversations.transcript import Entry

_SPEAKERS = {"citizen": "Sie", "bot": "115"}


def as_plain_text(entries: Sequence[Entry]) -> str:
    """Return one paragraph per message, each with its speaker and time (UTC)."""
    return "\n\n".join(f"{_SPEAKERS[entry.speaker]}, {entry.at:%Y-%m-%d %H:%M} UTC\n{entry.text}" for entry in entries) + "\n"

"""The conversation as a text to keep: who said what, and when; pure."""

from collections.abc import Mapping, Sequence

from assistant.conversations.transcript import Entry


def as_plain_text(entries: Sequence[Entry], speakers: Mapping[str, str]) -> str:
    """Return one paragraph per message, each with its time (UTC) and its speaker as ``speakers`` calls it."""
    return "\n\n".join(f"{speakers[entry.speaker]}, {entry.at:%Y-%m-%d %H:%M} UTC\n{entry.text}" for entry in entries) + "\n"

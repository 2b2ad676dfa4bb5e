"""What the assistant says where Rasa is not asked: the texts of ``domain/responses`` by key, language and channel."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge_base.yaml_file import read_yaml

RESPONSES = Path("domain/responses")


@dataclass(frozen=True)
class Wording:
    """One variant of a response."""

    text: str
    language: str
    channel: str | None
    """``None``: every channel that has no wording of its own."""
    custom: dict[str, Any] | None


class Texts:
    """All responses, read once."""

    def __init__(self, folder: Path = RESPONSES) -> None:
        self._wordings: dict[str, list[Wording]] = {}
        for path in sorted(folder.glob("*.yml")):
            for key, variants in read_yaml(path)["responses"].items():
                self._wordings[key] = [_wording(variant) for variant in variants]

    def say(self, key: str, language: str, channel: str | None = None, **values: object) -> str:
        """Return one text with its values filled in; German where the language is not ours."""
        text = self.wording(key, language, channel).text
        return text.format(**values) if values else text

    def wording(self, key: str, language: str, channel: str | None = None) -> Wording:
        """Return the variant for a language, the channel's own first."""
        ours = "en" if language == "en" else "de"
        variants = [variant for variant in self._wordings[key] if variant.language == ours]
        return next((variant for variant in variants if variant.channel == channel), None) or next(
            variant for variant in variants if variant.channel is None
        )

    def keys(self) -> dict[str, list[Wording]]:
        """Return every response with its variants."""
        return self._wordings


def _wording(variant: dict[str, Any]) -> Wording:
    language = next((entry["value"] for entry in variant.get("condition", ()) if entry["name"] == "language"), "de")
    return Wording(variant["text"], language, variant.get("channel"), variant.get("custom"))

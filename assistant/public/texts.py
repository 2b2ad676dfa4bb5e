"""The wording of the public pages and of the chat, read from ``assistant/public/texts``."""

from pathlib import Path
from typing import Any

from knowledge_base.yaml_file import read_yaml

FOLDER = Path(__file__).with_name("texts")
WORDINGS = {"de": "Deutsch", "plain": "Einfach", "en": "English"}


class PublicTexts:
    """All wording, read once."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self.widget: dict[str, dict[str, str]] = read_yaml(folder / "widget.yml")
        self._pages: dict[str, dict[str, str]] = read_yaml(folder / "pages.yml")
        self._notices: dict[str, dict[str, Any]] = read_yaml(folder / "notices.yml")

    def speakers(self, language: str) -> dict[str, str]:
        """Return what the sides of a conversation are called."""
        return {"citizen": self.widget["you"][language], "bot": self.widget["bot"][language]}

    def page(self, language: str, **values: object) -> dict[str, str]:
        """Return the texts of all pages in a language, with their values filled in where they are given."""
        return {key: _filled(text[language], values) for key, text in self._pages.items()}

    def notice(self, name: str, language: str, **values: object) -> tuple[str, list[dict[str, Any]]]:
        """Return title and parts of one of the longer pages."""
        notice = self._notices[name]
        parts = [
            {
                "heading": part["heading"][language],
                "text": _filled(part["text"][language], values),
                "to_confirm": part.get("to_confirm", False),
            }
            for part in notice["parts"]
        ]
        return notice["title"][language], parts


def _filled(text: str, values: dict[str, object]) -> str:
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", str(value))
    return text

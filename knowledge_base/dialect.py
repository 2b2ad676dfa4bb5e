"""Writes dialect and quick speech in the German of the records, so that both compare; the words stand in `dialect.yml`."""

import re
from pathlib import Path

from knowledge_base.folding import fold
from knowledge_base.yaml_file import read_yaml

_WORDS: dict[str, str] = {
    word: standard for words in read_yaml(Path(__file__).with_name("dialect.yml")).values() for word, standard in words.items()
}
_RUN_TOGETHER = re.compile(r"(?<=[^\W\d_])['’‘`´](?=(?:sch|schn|n|ne|nen|ner|nem|mor|se|de|ma|ma)\b)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")


def standard_german(text: str) -> str:
    """Return the text with words of dialect replaced by the standard ones; everything else stays as it is."""
    return _WORD.sub(_standard, _RUN_TOGETHER.sub(" ", text))


def _standard(found: re.Match[str]) -> str:
    return _WORDS.get(fold(found.group()), found.group())

"""Which language a text is written in: by script and little words; pure."""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from knowledge_base.folding import fold
from knowledge_base.yaml_file import read_yaml

_WORDS: dict[str, frozenset[str]] = {
    language: frozenset(words.split()) for language, words in read_yaml(Path(__file__).with_name("language_words.yml")).items()
}
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_UKRAINIAN = re.compile(r"[іїєґІЇЄҐ]")
_TURKISH = re.compile(r"[ışğİŞĞ]")
_POLISH = re.compile(r"[ąćęłńśźżĄĆĘŁŃŚŹŻ]")
_GERMAN = re.compile(r"[äöüßÄÖÜ]")
_OTHER_SCRIPT = re.compile(r"[^\W\d_\u0000-\u024f\u0400-\u04ff\u0600-\u06ff]")


@dataclass(frozen=True)
class LanguageGuess:
    """A language and whether the text shows it clearly enough to switch to it."""

    code: str
    """ISO 639-1; ``und`` where another script than the known ones is used."""
    is_sure: bool


def guess_language(text: str) -> LanguageGuess:
    """Guess the language of a text; German when nothing speaks for another one."""
    for pattern, code in ((_ARABIC, "ar"), (_CYRILLIC, "ru"), (_OTHER_SCRIPT, "und")):
        if len(pattern.findall(text)) >= 3:
            return LanguageGuess("uk" if code == "ru" and _UKRAINIAN.search(text) else code, is_sure=True)
    counts = Counter({language: sum(word in words for word in fold(text).split()) for language, words in _WORDS.items()})
    for pattern, code in ((_TURKISH, "tr"), (_POLISH, "pl"), (_GERMAN, "de")):
        counts[code] += 2 if pattern.search(text) else 0
    (best, most), (_, second) = counts.most_common(2)
    if most == 0:
        return LanguageGuess("de", is_sure=False)
    return LanguageGuess(best, is_sure=most >= 2 and most >= second + 2)

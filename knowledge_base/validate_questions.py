"""Checks the example questions: enough of them, none twice, and no sentence that was filled in like a form."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from knowledge_base.folding import fold, stem
from knowledge_base.validate_files import Record
from knowledge_base.yaml_tree import Keys

FEWEST = {"de": 5, "en": 3}
MOST_SERVICES_PER_SKELETON = 4
MARK = "…"

_ARTICLE = re.compile("der|die|das|den|dem|des|eine?|einen|einem|einer|meine?|meinen|meinem|meiner|the|an?|my")
_FRAME_WORD = re.compile(
    "der|die|das|den|dem|des|eine?|einen|einem|einer|meine?|meinen|meinem|meiner|the|an?|my"
    "|ich|du|er|sie|es|wir|ihr|mich|mir|uns|man|was|wer|wie|wo|wann|ist|bin|sind|hat|habe|kann|muss|darf|soll|will"
    "|ab|am|auf|aus|bei|beim|bis|fur|im|in|mit|nach|nicht|noch|ohne|und|oder|unter|vom|von|wegen|zu|zum|zur"
    "|i|you|he|she|it|we|me|us|what|who|how|where|when|is|are|has|have|can|must|do|does|need"
    "|and|at|by|for|from|not|of|on|or|to|with|without",
)
"""Words that make the skeleton even where a name of the service contains them ("Ausweis für mein Kind")."""


@dataclass(frozen=True)
class Place:
    """One question in one record."""

    record: Record
    keys: Keys
    text: str
    skeleton: str


def check_questions(records: Sequence[Record]) -> None:
    """Note questions that are too few, stand twice, or follow one skeleton in too many services."""
    for record in records:
        _check_count(record)
    places = [place for record in records for place in _places(record)]
    _check_repeated(places)
    _check_skeletons(places)


def own_words(record: Record) -> frozenset[str]:
    """Return the stems by which people call the service: of its title, its short form and its synonyms."""
    service = record.service
    synonyms = [synonym.word for words in service.synonyms.values() for synonym in words]
    names = [service.title.de, service.title.en, service.short.de, service.short.en, *synonyms]
    return frozenset(stem(word) for name in names for word in fold(name).split() if not _FRAME_WORD.fullmatch(word))


def skeleton(text: str, own: frozenset[str]) -> str:
    """Return the folded words of a sentence with one mark for each run of own words and the article before it."""
    words: list[str] = []
    for word in fold(text).split():
        if stem(word) not in own:
            words.append(word)
            continue
        while words and (words[-1] == MARK or _ARTICLE.fullmatch(words[-1])):
            words.pop()
        words.append(MARK)
    return " ".join(words)


def _check_count(record: Record) -> None:
    for language, fewest in FEWEST.items():
        count = sum(question.language == language for question in record.service.questions)
        if count < fewest:
            record.fault(("questions", language), f"questions.{language} has {count} questions; {fewest} are needed")


def _check_repeated(places: Iterable[Place]) -> None:
    same: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        same[fold(place.text)].append(place)
    for group in same.values():
        for place in group:
            others = sorted({other.record.slug for other in group if other is not place})
            if others:
                place.record.fault(place.keys, f"the same question stands in {', '.join(others)}")


def _check_skeletons(places: Iterable[Place]) -> None:
    same: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        if place.skeleton != MARK:  # service words alone ("Hund anmelden") have no skeleton
            same[" ".join(stem(word) for word in place.skeleton.split())].append(place)
    for group in same.values():
        slugs = sorted({place.record.slug for place in group})
        if len(slugs) > MOST_SERVICES_PER_SKELETON:
            for place in group:
                message = f"the skeleton {place.skeleton!r} stands in {len(slugs)} services: {', '.join(slugs)}"
                place.record.fault(place.keys, f"{message}; {MOST_SERVICES_PER_SKELETON} are allowed")


def _places(record: Record) -> Iterator[Place]:
    own = own_words(record)
    for language in FEWEST:
        for section in record.reader.get("questions", language) or {}:
            for index, text in enumerate(record.reader.strings("questions", language, section)):
                yield Place(record, ("questions", language, section, index), text, skeleton(text, own))

"""Checks the words under which people look for a service: enough of them, and none that leads astray."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from knowledge_base.folding import fold
from knowledge_base.model import Synonym
from knowledge_base.validate_files import Record
from knowledge_base.yaml_tree import Keys

FEWEST = {"de": 8, "en": 5}


def check_synonyms(records: Sequence[Record]) -> None:
    """Note synonyms that are too few, belong to two services unmarked, or are the title of another service."""
    for record in records:
        _check_count(record)
    _check_shared(records)
    _check_titles(records)


def _check_count(record: Record) -> None:
    for language, fewest in FEWEST.items():
        words = {fold(synonym.word) for synonym in record.service.synonyms[language]}
        if len(words) < fewest:
            record.fault(("synonyms", language), f"synonyms.{language} has {len(words)} different words; {fewest} are needed")


def _check_shared(records: Sequence[Record]) -> None:
    services: dict[str, set[str]] = defaultdict(set)
    for record in records:
        for _keys, synonym in _placed(record):
            services[fold(synonym.word)].add(record.slug)
    for record in records:
        for keys, synonym in _placed(record):
            others = sorted(services[fold(synonym.word)] - {record.slug})
            if others and not synonym.shared:
                message = f"{synonym.word!r} is a synonym of {', '.join(others)}, too; mark it shared: true in all of them"
                record.fault(keys, f"{message} or drop it")


def _check_titles(records: Sequence[Record]) -> None:
    services: dict[str, set[str]] = defaultdict(set)
    for record in records:
        for title in (record.service.title.de, record.service.title.en):
            services[fold(title)].add(record.slug)
    for record in records:
        for keys, synonym in _placed(record):
            others = sorted(services.get(fold(synonym.word), set()) - {record.slug})
            if others:
                record.fault(keys, f"{synonym.word!r} is the title of {', '.join(others)}")


def _placed(record: Record) -> Iterator[tuple[Keys, Synonym]]:
    for language, synonyms in record.service.synonyms.items():
        for index, synonym in enumerate(synonyms):
            yield ("synonyms", language, index), synonym

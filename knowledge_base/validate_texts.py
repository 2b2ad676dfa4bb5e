"""Checks the texts of records: length for eye and ear, and plain sentences."""

from knowledge_base.model import Section, SectionText
from knowledge_base.sentences import sentences, word_count
from knowledge_base.validate_files import Record
from knowledge_base.validate_tone import check_tone
from knowledge_base.yaml_tree import Keys

MOST_WORDS_GENERAL = 60
MOST_WORDS = 40
MOST_WORDS_SHORT = 12
MOST_WORDS_PLAIN_SENTENCE = 12
MOST_WORDS_SPOKEN = 28
"""About 12 seconds."""
MOST_SENTENCES_SPOKEN = 2


def check_texts(record: Record) -> None:
    """Note every text that is too long, missing or out of tone."""
    for language in ("de", "en"):
        _check_length(record, ("short", language), record.service.short.in_language(language), MOST_WORDS_SHORT)
    for section, content in record.service.sections.items():
        _check_section(record, section, content)
    for part in ("title", "short", "sections"):
        check_tone(record.reader, (part,))


def _check_section(record: Record, section: Section, content: SectionText) -> None:
    most = MOST_WORDS_GENERAL if section is Section.GENERAL else MOST_WORDS
    for language in ("de", "en"):
        _check_length(record, ("sections", section, language), content.text.in_language(language), most)
    if any(each.plain for each in record.service.sections.values()):
        _check_plain(record, ("sections", section, "plain"), content.plain)
    _check_spoken(record, section, content)


def _check_length(record: Record, keys: Keys, text: str, most: int) -> None:
    words = word_count(text)
    if words > most:
        record.fault(keys, f"{_name(keys)} has {words} words; {most} are allowed")


def _check_plain(record: Record, keys: Keys, text: str | None) -> None:
    if text is None:
        record.fault(keys, f"{_name(keys)} is missing; plain stands in every section of a record or in none")
        return
    for sentence in sentences(text):
        words = word_count(sentence)
        if words > MOST_WORDS_PLAIN_SENTENCE:
            message = f"a sentence of {_name(keys)} has {words} words; {MOST_WORDS_PLAIN_SENTENCE} are allowed: {sentence!r}"
            record.fault(keys, message)


def _check_spoken(record: Record, section: Section, content: SectionText) -> None:
    for language in ("de", "en"):
        words = word_count(content.text.in_language(language))
        if content.phone is None and words > MOST_WORDS_SPOKEN:
            message = f"sections.{section}.phone is missing; it is needed where a text has more than {MOST_WORDS_SPOKEN} words"
            record.fault(("sections", section, language), f"{message} (here {words})")
        if content.phone is not None:
            keys = ("sections", section, "phone", language)
            spoken = content.phone.in_language(language)
            _check_length(record, keys, spoken, MOST_WORDS_SPOKEN)
            if len(sentences(spoken)) > MOST_SENTENCES_SPOKEN:
                record.fault(keys, f"{_name(keys)} has {len(sentences(spoken))} sentences; {MOST_SENTENCES_SPOKEN} are allowed")


def _name(keys: Keys) -> str:
    return ".".join(str(key) for key in keys)

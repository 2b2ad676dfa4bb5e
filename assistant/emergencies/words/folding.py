"""Folds what people write until different spellings of the same words are the same text (Unicode NFKC, UAX #15)."""

import re
import unicodedata

INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
# Latin, Greek and Arabic marks go; the breve of й and the dots of ї stay, since they make other letters.
MARKS = re.compile("[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed](?<!и\u0306)(?<!і\u0308)")
LETTERS = dict(zip("łıøđæœةىکی٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "liodaoهيكي01234567890123456789", strict=True)) | {"ـ": ""}
OTHER_LETTER = re.compile(f"[{''.join(LETTERS)}]")
UMLAUT_E = re.compile("(?<=[aou])e+")
APOSTROPHE = re.compile(r"['’‘`´ʼʹ](?<=[^\W\d_].)(?=[^\W\d_])")
NO_WORD = re.compile(r"[\W_]+")


def fold_letters(text: str) -> str:
    """Return the text in lower case, without accents, invisible characters and apostrophes; other punctuation stays."""
    visible = unicodedata.normalize("NFKC", INVISIBLE.sub("", text)).casefold()
    bare = MARKS.sub("", unicodedata.normalize("NFD", visible))
    plain = OTHER_LETTER.sub(lambda found: LETTERS[found[0]], bare)
    return UMLAUT_E.sub("", APOSTROPHE.sub("", unicodedata.normalize("NFC", plain)))


def fold(text: str) -> str:
    """Return the text in folded letters, without punctuation, words one space apart.

    ä and ae become a, ö and oe o, ü and ue u, ß ss; folding twice changes nothing.
    """
    return NO_WORD.sub(" ", fold_letters(text)).strip()

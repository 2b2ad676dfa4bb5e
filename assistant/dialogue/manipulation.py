"""Recognises attempts to make the assistant something else; pure. The turns of phrase stand in ``manipulations.yml``."""

import re
from pathlib import Path

import yaml

from knowledge_base.folding import fold

_PATTERNS = [
    re.compile(pattern)
    for pattern in yaml.load(Path(__file__).with_name("manipulations.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
]
_MARKUP = re.compile(r"</?(?:system|assistant|user|instruction)s?\b|\[/?(?:inst|system)\]|\{\{|\$\{", re.IGNORECASE)


def is_manipulation(text: str) -> bool:
    """Tell whether a text wants to change what the assistant is or to reach what is none of a citizen's business."""
    folded = fold(text)
    return _MARKUP.search(text) is not None or any(pattern.search(folded) for pattern in _PATTERNS)

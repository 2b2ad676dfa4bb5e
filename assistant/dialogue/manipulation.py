"""Recognises attempts to make the assistant something else; pure. The turns of phrase stand in ``manipulations.yml``."""

import re
from pathlib import Path

from knowledge_base.folding import fold
from knowledge_base.yaml_file import read_yaml

_PATTERNS = [re.compile(pattern) for pattern in read_yaml(Path(__file__).with_name("manipulations.yml"))]
_MARKUP = re.compile(r"</?(?:system|assistant|user|instruction)s?\b|\[/?(?:inst|system)\]|\{\{|\$\{", re.IGNORECASE)


def is_manipulation(text: str) -> bool:
    """Tell whether a text wants to change what the assistant is or to reach what is none of a citizen's business."""
    folded = fold(text)
    return _MARKUP.search(text) is not None or any(pattern.search(folded) for pattern in _PATTERNS)

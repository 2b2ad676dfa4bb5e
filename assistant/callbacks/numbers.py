"""Numbers that people speak: seven digits and a check digit (Luhn, ISO/IEC 7812-1), so that a slip is noticed; pure."""

import re
import secrets

_DIGITS = 7
_SPOKEN = re.compile(r"\d(?:[\s.-]?\d){7}")


def new_number() -> str:
    """Return a random number of eight digits."""
    body = str(secrets.randbelow(9 * 10 ** (_DIGITS - 1)) + 10 ** (_DIGITS - 1))
    return body + check_digit(body)


def check_digit(body: str) -> str:
    """Return the Luhn digit of a string of digits."""
    total = 0
    for place, char in enumerate(reversed(body)):
        value = int(char) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def find_number(text: str) -> str | None:
    """Return the first valid number in a text."""
    for match in _SPOKEN.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        if digits[-1] == check_digit(digits[:-1]):
            return digits
    return None


def spaced(number: str) -> str:
    """Return a number in groups of two, for reading back."""
    return " ".join(number[start : start + 2] for start in range(0, len(number), 2))

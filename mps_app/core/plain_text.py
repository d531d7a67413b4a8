"""Text from outside, without the characters that only mislead: control codes and direction overrides."""

import re
import unicodedata

_DIRECTION_MARKS = re.compile("[\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
_MOST_MARKS = 30  # combining marks on one letter (UAX #15, Stream-Safe Text Format): composing is quadratic in them
_HIDDEN_MARKS = "\u0f73\u0f75\u0f81"  # signs that are no marks, and become two when they are taken apart


def one_line(text: str) -> str:
    """Return text as one line: composed, single spaces, no control or right-to-left override characters.

    Everything else stays as typed: quotes, angle brackets and emoji are harmless where they are shown escaped.
    """
    composed = unicodedata.normalize("NFC", _with_few_marks(text))
    visible = _DIRECTION_MARKS.sub("", composed)
    spaced = "".join(" " if unicodedata.category(sign) in {"Cc", "Zs"} else sign for sign in visible)
    sound = "".join(sign for sign in spaced if unicodedata.category(sign) != "Cs")  # lone surrogates: no UTF-8
    return " ".join(sound.split())


def _with_few_marks(text: str) -> str:
    """Return text without the combining marks that no script heaps onto one letter; time is linear in its length."""
    if text.isascii():
        return text
    kept: list[str] = []
    marks = 0
    for sign in text:
        marks = marks + 1 if unicodedata.combining(sign) or sign in _HIDDEN_MARKS else 0
        if marks <= _MOST_MARKS:
            kept.append(sign)
    return "".join(kept)


def several_lines(text: str) -> str:
    """Return text of several lines, each as ``one_line`` makes it; never two empty lines in a row."""
    lines = [one_line(line) for line in re.split(r"\r\n|[\r\n\v\f\x85\u2028\u2029]", text)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()

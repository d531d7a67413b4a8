"""Text from outside, without the characters that only mislead: control codes and direction overrides."""

import re
import unicodedata

_DIRECTION_MARKS = re.compile("[\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")


def one_line(text: str) -> str:
    """Return text as one line: composed, single spaces, no control or right-to-left override characters.

    Everything else stays as typed: quotes, angle brackets and emoji are harmless where they are shown escaped.
    """
    composed = unicodedata.normalize("NFC", text)
    visible = _DIRECTION_MARKS.sub("", composed)
    spaced = "".join(" " if unicodedata.category(sign) in {"Cc", "Zs"} else sign for sign in visible)
    sound = "".join(sign for sign in spaced if unicodedata.category(sign) != "Cs")  # lone surrogates: no UTF-8
    return " ".join(sound.split())


def several_lines(text: str) -> str:
    """Return text of several lines, each as ``one_line`` makes it; never two empty lines in a row."""
    lines = [one_line(line) for line in re.split(r"\r\n|[\r\n\v\f\x85\u2028\u2029]", text)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()

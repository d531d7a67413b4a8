"""Ids as browsers send them: in addresses, in forms, as arguments of events."""

_LONGEST = 18  # digits: what a bigint always holds


def id_of(value: object) -> int:
    """Return an id as a browser sent it; anything else is 0, which names nothing (annotations are no checks)."""
    text = str(value)
    is_one = text.isascii() and text.isdigit() and not text.startswith("0") and len(text) <= _LONGEST
    return int(text) if is_one else 0

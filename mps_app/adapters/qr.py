"""QR codes as SVG paths, drawn straight into a page."""

import segno

_MASK = 2
"""Always the same of the eight masks: choosing the best one (ISO/IEC 18004, 7.8.3) is most of the work. Every reader
knows every mask; the choice avoids patterns that the random code in our addresses does not make."""


def qr_svg(words: str) -> str:
    """Return an SVG element that the style sheet sizes; its title, for those who do not see it, are the words."""
    code = segno.make(words, error="m", micro=False, mask=_MASK)
    return code.svg_inline(border=0, omitsize=True, dark="#1e1a15", title=words, lineclass=None, svgclass=None)

"""A QR code (ISO/IEC 18004) of a short text, drawn here: as SVG without any style of its own, or as PNG."""

from io import BytesIO

from PIL import Image
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M
from qrcode.exceptions import DataOverflowError

QUIET = 4  # light modules around it, as the standard asks
LONGEST = 500  # characters: more makes modules too small for a card on a wall
PIXELS = 12  # a module of the PNG


def svg(text, label="", quick=False):
    """The code as one ``<svg>`` element that fills what it stands in; a ``label`` names it for those who only hear it.

    >>> svg("https://linli.example/p/linjiang/")[:68]
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 37 37" class="q'
    """
    rows = modules(text, quick)
    named = f'role="img" aria-label="{_escaped(label)}"' if label else 'aria-hidden="true"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {len(rows)} {len(rows)}" class="qr" '
        f'shape-rendering="crispEdges" {named}><path fill="#fff" d="M0 0h{len(rows)}v{len(rows)}H0z"/>'
        f'<path fill="#000" d="{"".join(_runs(rows))}"/></svg>'
    )


def png(text):
    """The code as the bytes of a black and white PNG, large enough to be printed a hand wide."""
    rows = modules(text)
    image = Image.new("1", (len(rows), len(rows)), 1)
    image.putdata([0 if dark else 1 for row in rows for dark in row])
    made = BytesIO()
    image.resize((len(rows) * PIXELS,) * 2, Image.Resampling.NEAREST).save(made, "PNG", optimize=True)
    return made.getvalue()


def modules(text, quick=False):
    """Rows of True (dark) and False, the quiet zone around them; correction M, so that a scratch does no harm.

    quick: one of the eight masks instead of the one that the standard's rules like best, in a sixth of the time: for a
    screen that waits, not for a wall.
    Refuses the empty text and what is longer than ``LONGEST``.
    """
    if not text or len(text) > LONGEST:
        raise ValueError(f"a code holds 1 to {LONGEST} characters, found {len(text)}")
    code = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET, mask_pattern=2 if quick else None)
    code.add_data(text)
    try:
        code.make(fit=True)
    except DataOverflowError:
        raise ValueError("the text does not fit into a code") from None
    return code.get_matrix()


def _runs(rows):
    """One piece of path for each run of dark modules."""
    for y, row in enumerate(rows):
        start = None
        for x, dark in enumerate([*row, False]):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                yield f"M{start} {y}h{x - start}v1h-{x - start}z"
                start = None


def _escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")

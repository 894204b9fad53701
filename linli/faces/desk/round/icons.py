"""``python -m linli.faces.desk.round.icons``: draws the app's icons from the two roofs of favicon.svg, once."""

from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).resolve().parents[1] / "static" / "desk" / "round"
SIZES = (192, 512)
ACCENT, SHEET = "#1d4e66", "#fffdf9"
ROOF = ((2, 14), (10, 6), (16, 12), (22, 6), (30, 14), (30, 27), (2, 27))
DOORS = ((7, 17, 13, 27), (19, 17, 25, 27))
BOX, SHARE = 32, 0.62  # the drawing's own box, and how much of the icon it takes: phones cut off the corners
FINE = 4  # drawn larger and made smaller, so that slopes are smooth


def drawn(size):
    """The icon, ``size`` points wide: light roofs on the accent colour."""
    whole = size * FINE
    image = Image.new("RGB", (whole, whole), ACCENT)
    pen, scale, edge = ImageDraw.Draw(image), whole * SHARE / BOX, whole * (1 - SHARE) / 2

    def at(point):
        return tuple(edge + value * scale for value in point)

    pen.polygon([at(point) for point in ROOF], fill=SHEET)
    for left, top, right, bottom in DOORS:
        pen.rectangle([at((left, top)), at((right, bottom))], fill=ACCENT)
    return image.resize((size, size), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    for wide in SIZES:
        drawn(wide).save(FOLDER / f"icon-{wide}.png", optimize=True)

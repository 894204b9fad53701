"""The code on a card: a reader written from the standard reads it back, from the drawing and from the picture."""

import re
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from linli.book import qr

ADDRESS = "https://linli.example/p/linjiang/c/C01/"
WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda text: len(text.encode()) <= 42)
MASKS = (
    lambda y, x: (y + x) % 2 == 0,
    lambda y, x: y % 2 == 0,
    lambda y, x: x % 3 == 0,
    lambda y, x: (y + x) % 3 == 0,
    lambda y, x: (y // 2 + x // 3) % 2 == 0,
    lambda y, x: y * x % 2 + y * x % 3 == 0,
    lambda y, x: (y * x % 2 + y * x % 3) % 2 == 0,
    lambda y, x: ((y + x) % 2 + y * x % 3) % 2 == 0,
)


def read(rows):
    """The text of an undamaged code of one block: versions 1 to 3 at correction M, in bytes, digits or capitals."""
    inner = [row[qr.QUIET : -qr.QUIET] for row in rows[qr.QUIET : -qr.QUIET]]
    return _text(_bits(inner))


def _bits(inner):
    size = len(inner)
    mask = sum(bit << place for bit, place in zip(_format(inner), (2, 1, 0), strict=True))
    bits, upward = [], True
    for right in [*range(size - 1, 6, -2), *range(5, 0, -2)]:
        for y in range(size - 1, -1, -1) if upward else range(size):
            bits += [inner[y][x] ^ MASKS[mask](y, x) for x in (right, right - 1) if not _fixed(size, y, x)]
        upward = not upward
    return bits


def _format(inner):
    """The three bits that name the mask, freed of the pattern 101010000010010 laid over them."""
    return [inner[8][x] ^ over for x, over in zip((2, 3, 4), (1, 0, 1), strict=True)]


def _fixed(size, y, x):
    finder = (y < 9 and x < 9) or (y < 9 and x >= size - 8) or (y >= size - 8 and x < 9)
    aligned = size > 21 and abs(y - (size - 7)) <= 2 and abs(x - (size - 7)) <= 2
    return finder or aligned or 6 in (y, x)


def _text(bits):
    number = lambda start, length: int("".join(str(int(bit)) for bit in bits[start : start + length]), 2)  # noqa: E731
    at, found = 0, b""
    while at + 4 <= len(bits) and (mode := number(at, 4)):
        at += 4
        if mode == 4:
            length, at = number(at, 8), at + 8
            found += bytes(number(at + 8 * k, 8) for k in range(length))
            at += 8 * length
        elif mode == 1:
            length, at = number(at, 10), at + 10
            while length:
                many = min(3, length)
                found += f"{number(at, (4, 7, 10)[many - 1]):0{many}d}".encode()
                at, length = at + (4, 7, 10)[many - 1], length - many
        else:
            letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
            length, at = number(at, 9), at + 9
            for _ in range(length // 2):
                pair = number(at, 11)
                found, at = found + (letters[pair // 45] + letters[pair % 45]).encode(), at + 11
            if length % 2:
                found, at = found + letters[number(at, 6)].encode(), at + 6
    return found.decode()


def drawn(text):
    """The modules of the drawing: which squares its one black path covers."""
    root = etree.fromstring(qr.svg(text))
    size = int(root.get("viewBox").split()[2])
    rows = [[False] * size for _ in range(size)]
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", root[1].get("d")):
        for step in range(int(length)):
            rows[int(y)][int(x) + step] = True
    return rows


def pictured(text):
    image = Image.open(BytesIO(qr.png(text)))
    size = image.width // qr.PIXELS
    middle = qr.PIXELS // 2
    return [
        [image.getpixel((x * qr.PIXELS + middle, y * qr.PIXELS + middle)) == 0 for x in range(size)]
        for y in range(size)
    ]


@settings(max_examples=60, deadline=None)
@given(WORDS)
def test_what_is_put_in_is_read_back(text):
    assert read(qr.modules(text)) == text


def test_drawing_and_picture_show_the_same_code():
    assert drawn(ADDRESS) == pictured(ADDRESS) == qr.modules(ADDRESS)


def test_reader_notices_another_address():
    assert read(drawn(ADDRESS)) == ADDRESS != read(drawn(ADDRESS.replace("C01", "C02")))


def test_code_stands_in_a_light_border_of_four_modules():
    rows = qr.modules(ADDRESS)
    assert not any(any(row) for row in (*rows[:4], *rows[-4:]))
    assert not any(any((*row[:4], *row[-4:])) for row in rows)


def test_drawing_carries_no_style_and_its_name_cannot_break_out():
    said = qr.svg(ADDRESS, label='"><script>alert(1)</script>')
    assert "style" not in said and "<script" not in said
    assert etree.fromstring(said).get("aria-label") == '"><script>alert(1)</script>'


@pytest.mark.parametrize("text", ["", "x" * 501])
def test_nothing_and_too_much_are_refused(text):
    with pytest.raises(ValueError, match="1 to 500"):
        qr.svg(text)


def test_longest_text_of_any_letters_fits_or_is_refused_in_words():
    assert len(qr.modules("界" * 500)) > 100


def test_code_that_is_drawn_quickly_reads_the_same():
    text = "https://linli.example/p/#ABCD-EFGH"
    assert read(qr.modules(text, quick=True)) == text

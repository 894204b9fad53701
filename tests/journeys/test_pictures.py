"""Pictures that strangers send: nothing of the file stays but its points of light, and no file may hurt the reader."""

import io
import struct
import warnings
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image

from linli.book import pictures

RED = (200, 30, 30)


def drawn(kind="JPEG", size=(60, 40), mode="RGB", colour=RED, **more):
    kept = io.BytesIO()
    Image.new(mode, size, colour).save(kept, kind, **more)
    return kept.getvalue()


def noisy(size):
    """A picture that does not compress: the worst a camera can send."""
    kept = io.BytesIO()
    Image.effect_noise(size, 200).convert("RGB").save(kept, "JPEG", quality=95)
    return kept.getvalue()


def opened(jpeg):
    return Image.open(io.BytesIO(jpeg))


def with_place_and_time():
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010F] = "A maker of cameras"
    exif.get_ifd(0x8825)[2] = (27.0, 59.0, 12.0)  # where it was taken
    return drawn(exif=exif, comment=b"written by somebody")


@pytest.mark.parametrize("kind", pictures.FORMATS)
def test_what_a_telephone_sends_becomes_a_jpeg(kind):
    kept = opened(pictures.cleaned(drawn(kind)))
    assert (kept.format, kept.size, kept.mode) == ("JPEG", (60, 40), "RGB")


def test_place_time_maker_and_comment_are_gone_and_the_picture_stands_upright():
    before, after = with_place_and_time(), pictures.cleaned(with_place_and_time())
    assert b"maker of cameras" in before and b"somebody" in before
    kept = opened(after)
    assert not kept.getexif() and "comment" not in kept.info and kept.size == (40, 60)
    assert b"Exif" not in after and b"maker" not in after and b"somebody" not in after


def test_what_hangs_behind_the_picture_is_cut_off():
    assert b"<script" not in pictures.cleaned(drawn() + b"<script>alert(1)</script>")


def test_long_side_is_at_most_what_was_asked_and_small_pictures_are_not_blown_up():
    assert opened(pictures.cleaned(drawn(size=(3000, 1500)))).size == (1600, 800)
    assert opened(pictures.cleaned(drawn(size=(3000, 1500)), longest=300)).size == (300, 150)
    assert opened(pictures.cleaned(drawn(size=(20, 10)))).size == (20, 10)


def test_even_a_noisy_picture_is_kept_small():
    assert len(pictures.cleaned(noisy((1800, 1400)))) <= pictures.MOST_KEPT


def test_transparent_ground_becomes_white():
    kept = opened(pictures.cleaned(drawn("PNG", mode="RGBA", colour=(0, 0, 0, 0))))
    assert kept.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    "upload",
    [
        b"", b"\xff\xd8\xff", b"GIF89a" + bytes(40), b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7",
        b"\x89PNG\r\n\x1a\n" + bytes(100), drawn()[:200], drawn("GIF"), drawn("BMP"), drawn("TIFF"),
    ],
)  # fmt: skip
def test_what_is_no_picture_is_refused_by_a_value_error(upload):
    with pytest.raises(ValueError, match=r"\w"):
        pictures.cleaned(upload)


def claiming(width, height):
    """A PNG of a hundred bytes that says it is huge."""

    def chunk(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rest = chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + rest


@pytest.mark.parametrize("size", [(10_000, 10_000), (60_000, 60_000), (2**31 - 1, 1)])
def test_small_file_that_claims_to_be_a_huge_picture_is_refused_before_it_is_read(size):
    with pytest.raises(ValueError, match="million|picture"):
        pictures.cleaned(claiming(*size))


def test_file_larger_than_any_telephone_sends_is_refused():
    with pytest.raises(ValueError, match="12 MB"):
        pictures.cleaned(bytes(pictures.LONGEST_UPLOAD + 1))


def test_reading_pictures_leaves_warnings_of_others_as_they_were():
    before = list(warnings.filters)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: pictures.cleaned(drawn()), range(12)))
    assert list(warnings.filters) == before


def test_large_picture_that_no_reader_can_make_smaller_is_refused_before_it_is_read():
    out = io.BytesIO()
    Image.new("1", (7000, 7000)).save(out, "PNG")
    with pytest.raises(ValueError, match="25 million"):
        pictures.cleaned(out.getvalue())

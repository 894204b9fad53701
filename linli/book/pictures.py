"""Pictures that strangers send: read in bounds, turned upright, drawn anew as JPEG. What hides in the file stays out.

Nothing of the file that came is kept: not its place and time of taking (EXIF, GPS, XMP), not a comment, not what was
hung on behind its end. Only the points of light are drawn again.
"""

import io
from threading import BoundedSemaphore

from PIL import Image, ImageOps

LONGEST_UPLOAD = 12 * 2**20  # bytes: what a telephone takes in one go
MOST_POINTS = 50_000_000  # width x height: a small file may claim to be a huge picture
MOST_PLAIN = 25_000_000  # of what cannot be read at half its size, as a JPEG can
MOST_KEPT = 400_000  # bytes of what is kept
FORMATS = ("JPEG", "PNG", "WEBP")  # what telephones send; every further reader is one more that can be fooled
_TWO = BoundedSemaphore(2)  # a picture takes memory while it is read: not as many at once as there are threads
_TRIES = ((1.0, 85), (1.0, 70), (0.75, 70), (0.5, 60), (0.35, 50), (0.2, 40), (0.1, 40))  # (of the size, quality)


def cleaned(upload_bytes, longest=1600, most=MOST_KEPT):
    """The picture as JPEG bytes without metadata, its longer side at most ``longest`` points, at most ``most`` bytes.

    ValueError says why when it is no picture, broken, too large, or claims to be too large.
    """
    if not upload_bytes:
        raise ValueError("the file is empty")
    if len(upload_bytes) > LONGEST_UPLOAD:
        raise ValueError(f"the file is larger than {LONGEST_UPLOAD // 2**20} MB")
    with _TWO:
        picture = _read(bytes(upload_bytes), longest)
        for share, quality in _TRIES:
            drawn = _drawn(picture, share, quality)
            if len(drawn) <= most:
                return drawn
    raise ValueError("the picture cannot be made small enough")


def _read(upload, longest):
    """The first picture of the file, upright, in plain colours on white, no longer than that."""
    try:
        found = Image.open(io.BytesIO(upload), formats=FORMATS)
        most = MOST_POINTS if found.format == "JPEG" else MOST_PLAIN
        if found.width * found.height > most:
            raise ValueError(f"the picture has more than {most // 10**6} million points")
        found.draft("RGB", (3200, 3200))  # a large JPEG is read at half the size, in a quarter of the memory
        found.load()
        if found.mode in ("P", "PA", "1", "I;16"):  # made smaller by their numbers, these would become others
            found = found.convert("RGBA")
        found.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        return _on_white(ImageOps.exif_transpose(found))
    except ValueError:
        raise
    except Exception as fault:  # a reader of pictures that is fed rubbish may raise nearly anything
        raise ValueError("this is no picture that can be read (JPEG, PNG or WebP)") from fault


def _on_white(picture):
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        ground = Image.new("RGB", picture.size, "white")
        ground.paste(picture, mask=picture.getchannel("A"))
        return ground
    return picture.convert("RGB")


def _drawn(picture, share, quality):
    """JPEG bytes of the points alone, drawn on a fresh ground that knows nothing of the file."""
    size = tuple(max(1, round(side * share)) for side in picture.size)
    fresh = Image.new("RGB", size)
    fresh.paste(picture if size == picture.size else picture.resize(size, Image.Resampling.LANCZOS))
    kept = io.BytesIO()
    fresh.save(kept, "JPEG", quality=quality, optimize=True)
    return kept.getvalue()

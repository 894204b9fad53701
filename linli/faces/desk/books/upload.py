"""Files that somebody sent, laid out as a county book without trusting them: known by their content and not their
name, weighed before they are unpacked."""

import hashlib
import io
import zipfile
import zlib
from pathlib import Path

from linli.book.problems import BadBook, Problem
from linli.book.sheets import named

LARGEST = 10 * 2**20  # bytes sent in all
MOST_FILES, LARGEST_UNPACKED, STEEPEST, SMALL = 60, 32 * 2**20, 200, 2**20
_ZIP, _OLE, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"


def lay_out(files, folder):
    """(path that ``linli.book.read`` opens, SHA-256 of all that was sent). files: (name, bytes); folder: an empty one.

    One workbook, one zip of CSVs, or CSVs; ``BadBook`` for anything else.
    """
    if sum(len(content) for _name, content in files) > LARGEST:
        raise _bad("size", files[0][0], "", most=f"{LARGEST:,} B")
    digest = hashlib.sha256(b"".join(hashlib.sha256(content).digest() for _name, content in files)).hexdigest()
    if len(files) == 1:
        digest = hashlib.sha256(files[0][1]).hexdigest()
        if files[0][1].startswith(_ZIP):
            return _packed(*files[0], Path(folder)), digest
    for name, content in files:
        if content.startswith((_ZIP, _OLE, _PDF)):
            raise _bad("book", name, _known(content))
        _lay(Path(folder), name, content)
    return Path(folder), digest


def _known(content):
    return {_ZIP[:2]: ".zip / .xlsx", _OLE[:2]: ".xls", _PDF[:2]: ".pdf"}[content[:2]]


def _bad(code, name, found, **facts):
    return BadBook([Problem(code, name, found=found, facts=facts)])


def _packed(name, content, folder):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if any(part.filename == "[Content_Types].xml" for part in parts):
                return _workbook(name, content, folder)  # linli.book.workbook looks into it: macros, links, bombs
            _weigh(name, parts)
            for part in parts:
                _unpack(name, archive, part, folder)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error, EOFError, OSError) as broken:
        raise _bad("plain_file", name, str(broken)) from broken
    return folder


def _workbook(name, content, folder):
    stem = "".join(c for c in Path(name).stem if c.isalnum() or c in " _-.（）()")[:80] or "book"
    path = folder / f"{stem}.xlsx"
    path.write_bytes(content)
    return path


def _weigh(name, parts):
    if len(parts) > MOST_FILES:
        raise _bad("unpacked", name, f"{len(parts):,}", most=MOST_FILES)
    total = sum(part.file_size for part in parts)
    if total > LARGEST_UNPACKED:
        raise _bad("unpacked", name, f"{total:,} B", most=f"{LARGEST_UNPACKED:,} B")
    for part in parts:
        if part.flag_bits & 1:
            raise _bad("plain_file", name, part.filename)
        if part.file_size > max(SMALL, STEEPEST * part.compress_size):
            raise _bad("unpacked", name, part.filename, most=f"{STEEPEST} : 1")


def _unpack(name, archive, part, folder):
    inside = _name_of(part)
    if part.is_dir() or inside.startswith((".", "__MACOSX")) or "__MACOSX" in part.filename:
        return
    with archive.open(part) as file:
        content = file.read(LARGEST_UNPACKED + 1)  # whatever its header claims
    if len(content) > part.file_size:
        raise _bad("unpacked", name, inside, most=f"{part.file_size:,} B")
    if content.startswith((_ZIP, _OLE, _PDF)):
        raise _bad("book", name, inside)
    _lay(folder, inside, content)


def _name_of(part):
    """The file's own name; folders on the way to it mean nothing. Chinese Windows writes names in GB18030."""
    name = part.filename
    if not part.flag_bits & 0x800:
        try:
            name = name.encode("cp437").decode("gb18030")
        except UnicodeError:
            name = part.filename
    return name.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]


def _lay(folder, name, content):
    """A CSV beside the others, under its sheet's name: never under one that somebody chose."""
    sheet = named(Path(name.replace("\\", "/")).stem) if name.lower().endswith((".csv", ".txt")) else None
    if sheet is None:
        return
    path = folder / f"{sheet}.csv"
    if path.exists():
        raise BadBook([Problem("sheet_once", name, found=name, facts={"sheet": sheet})])
    path.write_bytes(content)

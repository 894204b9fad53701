"""``linli backup`` and ``linli restore``: the whole installation as one file, and back."""

import sys
from pathlib import Path

from linli.book.phrases import LANGUAGES

WRONG = 2


def register(subparsers):
    """Adds ``backup`` and ``restore`` to the command line."""
    if "backup" in subparsers.choices:  # both names lead here; adding once is enough
        return
    backup = subparsers.add_parser("backup", help="write the whole database into one file, while people work")
    backup.add_argument("--out", metavar="FILE", type=Path, help="a file that is not there yet; default: in LINLI_HOME")
    backup.add_argument("--with-keys", action="store_true", help="put the keys in too: then the file opens everything")
    backup.set_defaults(run=run_backup)
    restore = subparsers.add_parser("restore", help="put a backup in this installation's place, wholly or not at all")
    restore.add_argument("file", metavar="FILE", type=Path)
    restore.add_argument("--force", action="store_true", help="also over a database that is not empty; it is kept")
    restore.set_defaults(run=run_restore)
    for command in (backup, restore):
        command.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0])


def run_backup(args):
    """Writes the backup and says what is in it; 2 when it was not written."""
    from linli.backup import back_up

    def done(words):
        made = back_up(args.out, args.with_keys)
        print(words("backup.made", file=made.file, size=_size(made.file.stat().st_size)))
        print(_holds(words, made.manifest))
        print(words(f"backup.with{'' if args.with_keys else 'out'}_keys", fingerprint=made.manifest["keys"][0]))

    return _said(args, done)


def run_restore(args):
    """Restores and says what stands there now; 2 when nothing was restored."""
    from linli.backup import restore

    def done(words):
        found = restore(args.file, args.force)
        manifest, trail = found.manifest, found.manifest["trail"]
        print(words("backup.restored", created=manifest["created"], linli=manifest["linli"]))
        print(_holds(words, manifest))
        print(words("backup.trail_holds", number=trail["number"], hash=trail["hash"] or "—"))
        for note, facts in found.notes:
            print(words(f"backup.{note}", **facts), file=sys.stderr if note == "other_key" else sys.stdout)

    return _said(args, done)


def _said(args, done):
    from linli.backup_archive import Wrong
    from linli.book.words import Words

    words = Words(args.lang)
    try:
        done(words)
    except Wrong as wrong:
        print(words(f"backup.wrong_{wrong.code}", **wrong.facts), file=sys.stderr)
        print(words("backup.nothing_changed"), file=sys.stderr)
        return WRONG
    return 0


def _holds(words, manifest):
    trail, rows = manifest["trail"], f"{sum(manifest['counts'].values()):,}"
    key = "backup.holds" if trail["number"] else "backup.no_trail"
    return words(key, engine=manifest["engine"], rows=rows, number=trail["number"], hash=trail["hash"][:16])


def _size(count):
    return f"{count / 2**20:.1f} MB" if count >= 2**20 else f"{count / 2**10:.0f} kB"

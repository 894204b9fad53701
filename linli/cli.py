"""The command line: ``linli appraise``, ``linli scheme``, ``linli pool``. Light to import; work is imported when run.

Exit status: 0 done; 2 the input, the scheme or the command is wrong; 1 a fault of Linli's.
"""

import argparse
import importlib
import os
import sys

COMMANDS = {
    "appraise": "linli.appraise",
    "scheme": "linli.scheme_commands",
    "pool": "linli.pool_commands",
    "national": "linli.national_commands",
    "demo": "linli.demo_command",
    "requests-import": "linli.request_commands",
    "serve": "linli.serve_commands",
    "worker": "linli.serve_commands",
    "account": "linli.account_commands",
    "trail": "linli.trail_commands",
    "backup": "linli.backup_commands",
    "restore": "linli.backup_commands",
}
DONE, FAULT, WRONG, STOPPED = 0, 1, 2, 130


def main(argv=None):
    """Runs one command; gives its exit status and never ends in a traceback (set LINLI_DEBUG=1 to see one)."""
    _printable(sys.stdout, sys.stderr)
    try:
        chosen = parser(sys.argv[1:] if argv is None else argv).parse_args(argv)
    except SystemExit as said:  # argparse has told the user already
        return said.code if isinstance(said.code, int) else WRONG
    return _run(chosen)


def parser(words=()):
    """The parser of the command that ``words`` begin with, or of all: one command need not wait for the others."""
    found = argparse.ArgumentParser(prog="linli", description="鄰里 Linli: the fair quarter of community policing")
    commands = found.add_subparsers(dest="command", required=True, metavar="COMMAND")
    asked = [name for name in COMMANDS if list(words[:1]) == [name]]
    for name in asked or COMMANDS:
        importlib.import_module(COMMANDS[name]).register(commands)
    return found


def _run(chosen):
    from linli.book.problems import BadBook

    lang = getattr(chosen, "lang", None) or "zh_Hant"
    try:
        return chosen.run(chosen) or DONE
    except BadBook as bad:
        print(bad.said(lang), file=sys.stderr)
        return WRONG
    except KeyboardInterrupt:
        return STOPPED
    except BrokenPipeError:  # the reader of our output has left, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as fault:  # the last line of defence: a short message instead of a traceback
        return _fault(fault, lang)


def _fault(fault, lang):
    from linli.book.phrases import phrase
    from linli.book.problems import shown

    if os.environ.get("LINLI_DEBUG") == "1":
        raise fault
    code = "note.not_written" if isinstance(fault, OSError) else "note.fault"
    print(phrase(code, lang, fault=shown(f"{type(fault).__name__}: {fault}", 400)), file=sys.stderr)
    return FAULT


def _printable(*streams):
    """Chinese on a terminal that cannot show it becomes question marks, not an error."""
    for stream in streams:
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")

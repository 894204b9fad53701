"""``linli account administrator NAME``: the first way into a new installation. Everybody else is made on the web."""

import getpass
import sys

WRONG = 2
ROLES = ("administrator", "auditor")


def register(subparsers):
    """Adds ``account`` to the command line."""
    command = subparsers.add_parser("account", help="open the account of an administrator or an auditor")
    command.add_argument("role", choices=ROLES)
    command.add_argument("name", help="what is typed to log in: small letters, digits, . _ -")
    command.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    command.set_defaults(run=run)


def run(args):
    """Opens the account; 2 with a plain sentence when it cannot be."""
    from linli import server

    server.prepare()
    server.migrate()
    from linli.ground.accounts.actions import open_account
    from linli.ground.trail.refusals import Refused

    password = sys.stdin.readline().rstrip("\n") if args.password_stdin else _asked()
    if password is None:
        print("The two passwords differ; nothing was done.", file=sys.stderr)
        return WRONG
    try:
        made = open_account(by="linli", username=args.name, password=password, role=args.role)
    except Refused as refused:
        print(refused.message, refused.remedy, file=sys.stderr)
        return WRONG
    print(f"{made.role}: {made.username}")
    return 0


def _asked():
    password = getpass.getpass("Password: ")
    return password if getpass.getpass("Again: ") == password else None

"""``linli serve`` and ``linli worker``: the web application on an own database, and its worker alone."""

import sys

HOST, PORT = "127.0.0.1", 8000


def register(subparsers):
    """Adds ``serve`` and ``worker`` to the command line."""
    if "serve" in subparsers.choices:  # both names lead here; adding once is enough
        return
    serve = subparsers.add_parser("serve", help="the web application on this installation's database")
    address(serve)
    serve.add_argument("--no-worker", action="store_true", help="jobs are done by `linli worker` elsewhere")
    serve.set_defaults(run=run_serve)
    worker = subparsers.add_parser("worker", help="do the jobs that wait, until stopped")
    worker.add_argument("--with-parent", metavar="PID", type=int, help="end when that program ends")
    worker.add_argument("--once", action="store_true", help="end when nothing waits")
    worker.set_defaults(run=run_worker)


def address(command):
    """Adds --host and --port to a command."""
    command.add_argument("--host", default=HOST, help="default: this machine only")
    command.add_argument("--port", type=int, default=PORT)


def run_serve(args):
    """Migrates, starts the worker, serves."""
    from contextlib import nullcontext

    from linli import server

    server.prepare()
    steps = server.migrate()
    if steps:
        print(f"database brought up to date: {steps} steps", flush=True)
    from linli.wsgi import application

    with nullcontext() if args.no_worker else server.Worker():
        return listen(application, args, lambda url: print(f"Linli  {url}", flush=True))


def listen(application, args, said):
    """Serves; 2 with a plain sentence when the address is taken."""
    from linli import server

    try:
        server.serve(application, args.host, args.port, said)
    except OSError as taken:
        print(f"cannot listen on {args.host}:{args.port}: {taken.strerror or taken}. Try --port.", file=sys.stderr)
        return 2
    return 0


def run_worker(args):
    """Does jobs until told to stop."""
    from linli import server

    server.prepare()
    from linli import worker

    worker.run(stop_when_idle=args.once, parent=args.with_parent)
    return 0

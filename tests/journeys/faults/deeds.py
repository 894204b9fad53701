"""A program that does one action of the house at a time, each in a process of its own that may be killed in it.

    LINLI_HOME=… python -m tests.journeys.faults.deeds

reads a line of JSON for each deed: {"deed": "pay", "kill_at": 12}: SIGKILL before the 12th statement of the database;
"kill_after": 0.05: SIGKILL 0.05 s after it began; neither: let it end. Answers with a line of JSON: how it ended
("done", "refused", "killed", "failed"), after how many statements, and what it said. The application knows nothing of
all this: it runs as it always does, and no handle of the database is open between two deeds.
"""

import json
import os
import signal
import sys
import threading
import time
from itertools import count


def main():
    """Deeds, until the lines end."""
    from linli import server

    server.prepare()
    from tests.journeys.faults import actions

    print(json.dumps({"ended": "ready"}), flush=True)
    for line in sys.stdin:
        print(json.dumps(_forked(actions.DEEDS, json.loads(line))), flush=True)


def _forked(deeds, asked):
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        _done(deeds[asked["deed"]], asked, write)
    os.close(write)
    if "kill_after" in asked:
        time.sleep(asked["kill_after"])
        os.kill(child, signal.SIGKILL)
    with os.fdopen(read, encoding="utf-8") as pipe:
        said = pipe.read()
    _pid, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return {"ended": "killed", "by": os.WTERMSIG(status)}
    return json.loads(said)


def _done(deed, asked, pipe):
    """In the child: does it, says how it ended, and is gone without Python's farewell."""
    from django.db import connection

    from linli.ground.trail.refusals import Refused

    threading.excepthook = lambda args: None
    numbers, answer = count(1), {"ended": "done"}

    def counted(execute, sql, params, many, context):
        answer["statements"] = next(numbers)
        if answer["statements"] == asked.get("kill_at"):
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    try:
        with connection.execute_wrapper(counted):
            answer["said"] = deed(**asked.get("with", {}))
    except Refused as refusal:
        answer |= {"ended": "refused", "said": str(refusal)}
    except Exception as fault:
        answer |= {"ended": "failed", "said": f"{type(fault).__name__}: {fault}"}
    connection.close()
    os.write(pipe, json.dumps(answer, default=str).encode())
    os._exit(0)


if __name__ == "__main__":
    main()

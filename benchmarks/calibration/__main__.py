"""``python -m benchmarks.calibration``: simulates what is not there yet, then writes the page and its pictures.

A quarter of an hour on two cores. Results are kept in docs/methods/calibration.json as they come.
"""

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from time import perf_counter

from benchmarks.calibration import kept, page, pictures
from benchmarks.calibration.stages import STAGES, described, jobs, run


def main():
    asked = _arguments()
    path = kept.QUICK if asked.quick else kept.FULL
    known, fingerprint = kept.read(path), kept.core()
    every = [job for job in jobs(asked.quick) if asked.stage in (None, job.stage)]
    todo = every if asked.anew else kept.missing(every, known, fingerprint)
    if not asked.page_only:
        simulate(todo, known, fingerprint, path, asked.workers)
    results = page.Results({name: one["result"] for name, one in known.items()})
    if asked.quick:
        print(page.tables(results))
        return
    page.write(results)
    pictures.write(results)


def simulate(todo, known, fingerprint, path, workers):
    """Runs the jobs, large ones first, and keeps each result as soon as it is there; progress on stderr."""
    start = perf_counter()
    with ProcessPoolExecutor(workers) as pool:
        running = {pool.submit(run, job): job for job in sorted(todo, key=lambda job: -job.size)}
        for done, future in enumerate(as_completed(running), 1):
            job = running[future]
            known[job.name] = {"settings": described(job), "core": fingerprint, "result": future.result()}
            kept.write(path, known)
            print(f"\r{done}/{len(todo)} {perf_counter() - start:5.0f} s  {job.name:<60}", end="", file=sys.stderr)
    print(file=sys.stderr)


def _arguments():
    parser = argparse.ArgumentParser(prog="python -m benchmarks.calibration", description=__doc__)
    parser.add_argument("--stage", choices=STAGES, help="simulate this one only")
    parser.add_argument("--quick", action="store_true", help="a tenth of the work; prints, and leaves the page alone")
    parser.add_argument("--anew", action="store_true", help="simulate what is there already, too")
    parser.add_argument("--page-only", action="store_true", help="write page and pictures from what is kept")
    parser.add_argument("--workers", type=int, default=2)
    return parser.parse_args()


if __name__ == "__main__":
    main()

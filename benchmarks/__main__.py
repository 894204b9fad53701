"""Every part of ``make bench``, and the page: ``python -m benchmarks [--quick] [--page-only]``."""

from benchmarks.speed.run import main

if __name__ == "__main__":
    main()

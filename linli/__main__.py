"""``python -m linli``: the same as the command ``linli``."""

import sys

from linli.cli import main

sys.exit(main())

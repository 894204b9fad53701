"""Django's own commands, for those who work on Linli: migrations and translations."""

import os
import sys

from django.core.management import execute_from_command_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.settings")
execute_from_command_line(sys.argv)
